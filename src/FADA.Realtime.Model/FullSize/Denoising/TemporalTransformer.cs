using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>Turns each place of a video into a sequence over time around one transformer block.</summary>
internal sealed class TemporalTransformer : Module
{
    private const double Eps = 1e-6;
    private readonly GroupNormLayer norm;
    private readonly LinearLayer proj_in, proj_out;
    private readonly ModuleList<TemporalBlock> transformer_blocks;

    public TemporalTransformer(TensorPlace place, long channels, long heads, long positions) : base(nameof(TemporalTransformer))
    {
        norm = new GroupNormLayer(place, UNetConfig.MotionGroups, channels, Eps);
        proj_in = new LinearLayer(place, channels, channels);
        transformer_blocks = ModuleList(new TemporalBlock(place, channels, heads, positions));
        proj_out = new LinearLayer(place, channels, channels);
        RegisterComponents();
    }

    /// <param name="x">(R F, C, H, W)</param>
    public Tensor forward(Tensor x, long frames)
    {
        using var scope = NewDisposeScope();
        var (rows, c, hw) = (x.shape[0] / frames, x.shape[1], x.shape[2] * x.shape[3]);
        var tokens = norm.call(x).view(rows, frames, c, hw).permute(0, 3, 1, 2).reshape(rows * hw, frames, c);  // (R H W, F, C)
        tokens = proj_out.call(transformer_blocks[0].call(proj_in.call(tokens)));
        return (tokens.view(rows, hw, frames, c).permute(0, 2, 3, 1).reshape(x.shape) + x).MoveToOuterDisposeScope();
    }

    private sealed class TemporalBlock : Module<Tensor, Tensor>
    {
        private readonly ModuleList<Attention> attention_blocks;
        private readonly ModuleList<LayerNormLayer> norms;
        private readonly FeedForward ff;
        private readonly LayerNormLayer ff_norm;

        public TemporalBlock(TensorPlace place, long width, long heads, long positions) : base(nameof(TemporalBlock))
        {
            attention_blocks = ModuleList(Enumerable.Range(0, 2).Select(_ => new Attention(place, width, width, heads, positions: positions)).ToArray());
            norms = ModuleList(Enumerable.Range(0, 2).Select(_ => new LayerNormLayer(place, width)).ToArray());
            ff = new FeedForward(place, width);
            ff_norm = new LayerNormLayer(place, width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor tokens)
        {
            using var scope = NewDisposeScope();
            for (var i = 0; i < attention_blocks.Count; i++)
                tokens = tokens + attention_blocks[i].forward(norms[i].call(tokens));
            return (tokens + ff.call(ff_norm.call(tokens))).MoveToOuterDisposeScope();
        }
    }
}
