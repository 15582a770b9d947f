namespace FADA.Realtime.Streaming.Inference;

/// <summary>One inference device.</summary>
public sealed record InferenceOptions
{
    /// <summary>For thread and log names, for example "cpu" or "cuda:0".</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Sessions that may use the device at once; each has at most one window waiting.</summary>
    public int MaxLanes { get; init; } = 64;
}
