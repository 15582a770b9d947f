namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>How a tensor of a checkpoint differs from what the network needs.</summary>
public enum KeyProblemKind
{
    Missing,
    Unexpected,

    /// <summary>Another shape, or no floating-point numbers.</summary>
    Misshapen,
}
