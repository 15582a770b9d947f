using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>
/// Temporal attention (AnimateDiff, Guo et al. 2023) over a window, with the ReferenceNet's features of the motion
/// frames prepended on the time axis (Hallo, Loopy). Starts as the identity.
/// </summary>
internal sealed class MotionModule : Module
{
    private readonly LayerNorm norm;
    private readonly Linear to_q, to_kv, to_out;
    private readonly Embedding position;
    private readonly int _headWidth;

    public MotionModule(int channels, int headWidth, int positions) : base(nameof(MotionModule))
    {
        _headWidth = headWidth;
        norm = LayerNorm(channels);
        position = Embedding(positions, channels);
        to_q = Linear(channels, channels, hasBias: false);
        to_kv = Linear(channels, 2 * channels, hasBias: false);
        to_out = Linear(channels, channels);
        init.normal_(position.weight!, 0, 0.02);
        init.zeros_(to_out.weight);
        init.zeros_(to_out.bias!);
        RegisterComponents();
    }

    /// <param name="x">(B F, H, W, C)</param>
    /// <param name="motion">(B, M, T, C) features of the motion frames of this layer.</param>
    /// <param name="motionBias">(B, 1, 1): 0, or a large negative number that hides a sample's motion frames; null for 0.</param>
    public Tensor forward(Tensor x, Tensor motion, Tensor? motionBias)
    {
        using var scope = NewDisposeScope();
        var (n, h, w, c) = (x.shape[0], x.shape[1], x.shape[2], x.shape[3]);
        var (b, m) = (motion.shape[0], motion.shape[1]);
        var (f, t) = (n / b, h * w);
        var own = norm.call(x.view(b, f, t, c));
        var all = cat([motion, own], 1) + position.weight!.narrow(0, 0, m + f).view(1, m + f, 1, c);     // (B, M + F, T, C)
        all = all.transpose(1, 2).reshape(b * t, m + f, c);                                       // (B T, M + F, C)
        var q = Tokens.SplitHeads(to_q.call(all.narrow(1, m, f).contiguous()), _headWidth);
        var kv = to_kv.call(all).chunk(2, -1);
        var read = Tokens.Attend(q, Tokens.SplitHeads(kv[0], _headWidth), Tokens.SplitHeads(kv[1], _headWidth),
            motionBias is null ? null : Bias(motionBias, t * (c / _headWidth), m, f));
        var merged = to_out.call(Tokens.MergeHeads(read, b * t));                                 // (B T, F, C)
        return (x + merged.view(b, t, f, c).transpose(1, 2).reshape(n, h, w, c)).MoveToOuterDisposeScope();
    }

    private static Tensor Bias(Tensor bias, long repeats, long motion, long frames)
    {
        var each = bias.view(-1, 1, 1).expand(bias.shape[0], repeats, motion).reshape(-1, 1, motion);
        return cat([each, zeros(each.shape[0], 1, frames, dtype: bias.dtype, device: bias.device)], 2);
    }
}
