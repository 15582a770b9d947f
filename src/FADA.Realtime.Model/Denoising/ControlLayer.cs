using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>
/// Cross-attention to the mixed condition tokens (FADA's "CFG control layer"), added to every block's tokens. Its
/// output projection starts at zero: until it is trained, the network is the unguided one.
/// </summary>
internal sealed class ControlLayer : Module<Tensor, Tensor, Tensor>
{
    private readonly LayerNorm norm;
    private readonly Linear to_q, to_kv, to_out;
    private readonly int _headWidth;

    public ControlLayer(int channels, int headWidth, int tokenWidth) : base(nameof(ControlLayer))
    {
        _headWidth = headWidth;
        norm = LayerNorm(channels);
        to_q = Linear(channels, channels, hasBias: false);
        to_kv = Linear(tokenWidth, 2 * channels, hasBias: false);
        to_out = Linear(channels, channels, hasBias: false);
        init.zeros_(to_out.weight);
        RegisterComponents();
    }

    /// <param name="x">(N, T, C), N = B F frames.</param>
    /// <param name="tokens">(B, K, D)</param>
    /// <returns>(N, T, C), to be added.</returns>
    public override Tensor forward(Tensor x, Tensor tokens)
    {
        using var scope = NewDisposeScope();
        var (b, frames) = (tokens.shape[0], x.shape[0] / tokens.shape[0]);
        // All frames of a sample read the same tokens: one attention per sample.
        var q = Tokens.SplitHeads(to_q.call(norm.call(x)).view(b, frames * x.shape[1], x.shape[2]), _headWidth);
        var kv = to_kv.call(tokens).chunk(2, -1);
        var read = Tokens.MergeHeads(Tokens.Attend(q, Tokens.SplitHeads(kv[0], _headWidth), Tokens.SplitHeads(kv[1], _headWidth)), b);
        return to_out.call(read).view(x.shape).MoveToOuterDisposeScope();
    }
}
