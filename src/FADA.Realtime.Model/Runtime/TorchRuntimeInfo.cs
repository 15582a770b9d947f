using static TorchSharp.torch;

namespace FADA.Realtime.Model.Runtime;

/// <summary>What the process runs on: libtorch version, threads per operator, and the precision chosen for inference.</summary>
public sealed record TorchRuntimeInfo(string Version, int Threads, ScalarType Precision)
{
    /// <summary>"bf16" where the processor multiplies bfloat16 natively, else "fp32".</summary>
    public string PrecisionName => Precision == ScalarType.BFloat16 ? "bf16" : "fp32";
}
