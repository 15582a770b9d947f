using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>Turns pictures into tokens around a transformer block, and adds the result to the pictures.</summary>
internal sealed class SpatialTransformer<TBlock> : Module
    where TBlock : Module
{
    private const double Eps = 1e-6;
    private readonly GroupNormLayer norm;
    private readonly ConvLayer proj_in, proj_out;
    private readonly ModuleList<TBlock> transformer_blocks;

    /// <param name="channels">Of the pictures.</param>
    /// <param name="width">Of the tokens; the block's.</param>
    public SpatialTransformer(TensorPlace place, long channels, long width, long groups, TBlock block) : base(nameof(SpatialTransformer<>))
    {
        norm = new GroupNormLayer(place, groups, channels, Eps);
        proj_in = new ConvLayer(place, channels, width, 1);
        transformer_blocks = ModuleList(block);
        proj_out = new ConvLayer(place, width, channels, 1);
        RegisterComponents();
    }

    /// <param name="x">(N, C, H, W)</param>
    /// <param name="run">The block's work on tokens (N, H W, width).</param>
    public Tensor forward(Tensor x, Func<TBlock, Tensor, Tensor> run)
    {
        using var scope = NewDisposeScope();
        var tokens = proj_in.OfTokens(norm.call(x).flatten(2).transpose(1, 2).contiguous());  // (N, H W, width)
        tokens = proj_out.OfTokens(run(transformer_blocks[0], tokens));                        // (N, H W, C)
        return (tokens.transpose(1, 2).reshape(x.shape) + x).MoveToOuterDisposeScope();
    }
}
