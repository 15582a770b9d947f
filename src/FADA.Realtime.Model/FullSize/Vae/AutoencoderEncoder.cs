using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Vae;

/// <summary>Pictures to the parameters of their latents' distribution.</summary>
internal sealed class AutoencoderEncoder : Module<Tensor, Tensor>
{
    private readonly ConvLayer conv_in, conv_out;
    private readonly ModuleList<AutoencoderBlock> down_blocks;
    private readonly AutoencoderMiddle mid_block;
    private readonly GroupNormLayer conv_norm_out;

    public AutoencoderEncoder(TensorPlace place, AutoencoderConfig config) : base(nameof(AutoencoderEncoder))
    {
        var channels = config.BlockChannels;
        conv_in = new ConvLayer(place, 3, channels[0], 3, padding: 1);
        down_blocks = ModuleList(Enumerable.Range(0, channels.Count).Select(i => new AutoencoderBlock(place, channels[Math.Max(0, i - 1)], channels[i],
            config.Layers, config.Groups, downsamples: i < channels.Count - 1)).ToArray());
        mid_block = new AutoencoderMiddle(place, channels[^1], config.Groups);
        conv_norm_out = new GroupNormLayer(place, config.Groups, channels[^1], AutoencoderBlock.Eps);
        conv_out = new ConvLayer(place, channels[^1], 2 * config.LatentChannels, 3, padding: 1);
        RegisterComponents();
    }

    /// <param name="x">(N, 3, 8 H, 8 W)</param>
    /// <returns>(N, 8, H, W)</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = conv_in.call(x);
        foreach (var block in down_blocks)
            x = block.call(x);
        return conv_out.call(functional.silu(conv_norm_out.call(mid_block.call(x)))).MoveToOuterDisposeScope();
    }
}
