using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests;

internal static class TensorComparison
{
    /// <summary>Same shape and the same value everywhere.</summary>
    public static bool IsSameAs(this Tensor a, Tensor b) =>
        a.shape.SequenceEqual(b.shape) && a.eq(b).all().item<bool>();
}
