using static TorchSharp.torch;

namespace FADA.Realtime.Model.Runtime;

/// <summary>The device the networks run on.</summary>
/// <param name="Name">"cpu", "cuda:0", ...</param>
/// <param name="Precision">Element type of the picture networks there.</param>
/// <param name="Reason">Why it is this one, in a few words.</param>
public sealed record DeviceChoice(string Name, ScalarType Precision, string Reason)
{
    public bool IsCuda => Name.StartsWith("cuda", StringComparison.Ordinal);

    /// <summary>"bf16" or "fp32".</summary>
    public string PrecisionName => Precision == ScalarType.BFloat16 ? "bf16" : "fp32";

    public Device Device => device(Name);
}
