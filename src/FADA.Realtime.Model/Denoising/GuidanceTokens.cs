using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>
/// Three learnable sets of condition tokens (base, reference, audio) that are mixed with the same weights as the three
/// predictions of guided sampling: T(r, a) = T0 + r (T1 - T0) + a (T2 - T1) (FADA, arXiv 2412.16915, overview figure).
/// </summary>
internal sealed class GuidanceTokens : Module<Tensor, Tensor>
{
    private readonly Parameter tokens;
    private readonly LayerNorm norm;

    public GuidanceTokens(int count, int width) : base(nameof(GuidanceTokens))
    {
        tokens = Parameter(randn(3, count, width));
        norm = LayerNorm(width);
        RegisterComponents();
    }

    /// <param name="scales">(B, 2): reference and audio scale.</param>
    /// <returns>(B, K, D); normalised, because the weights of the sum may be far from 0 to 1.</returns>
    public override Tensor forward(Tensor scales)
    {
        using var scope = NewDisposeScope();
        var type = tokens.dtype;
        var (r, a) = (scales.narrow(1, 0, 1).view(-1, 1, 1).to(type), scales.narrow(1, 1, 1).view(-1, 1, 1).to(type));
        var mixed = tokens[0] + r * (tokens[1] - tokens[0]) + a * (tokens[2] - tokens[1]);
        return norm.call(mixed).MoveToOuterDisposeScope();
    }
}
