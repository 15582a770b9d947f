using FADA.Realtime.Model.FullSize.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>Attention over time at every place of the picture (AnimateDiff, Guo et al. 2023), behind motion frames.</summary>
internal sealed class MotionModule : Module
{
    private readonly TemporalTransformer temporal_transformer;

    public MotionModule(TensorPlace place, long channels, long heads, long positions) : base(nameof(MotionModule))
    {
        temporal_transformer = new TemporalTransformer(place, channels, heads, positions);
        RegisterComponents();
    }

    /// <param name="x">(R F, C, H, W)</param>
    /// <param name="frames">F</param>
    /// <param name="motion">(R, M, H W, C) features of frames before the window, prepended and cut off again; null for none.</param>
    /// <returns>(R F, C, H, W)</returns>
    public Tensor forward(Tensor x, long frames, Tensor? motion)
    {
        using var scope = NewDisposeScope();
        if (motion is null)
            return temporal_transformer.forward(x, frames).MoveToOuterDisposeScope();
        var (c, h, w, m) = (x.shape[1], x.shape[2], x.shape[3], motion.shape[1]);
        var rows = x.shape[0] / frames;
        var before = motion.transpose(2, 3).reshape(rows, m, c, h, w);
        var all = cat([before, x.view(rows, frames, c, h, w)], 1).view(rows * (m + frames), c, h, w);
        return temporal_transformer.forward(all, m + frames).view(rows, m + frames, c, h, w).narrow(1, m, frames)
            .reshape(x.shape).MoveToOuterDisposeScope();
    }
}
