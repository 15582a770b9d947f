using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Vae;

/// <summary>Latents to pictures.</summary>
internal sealed class AutoencoderDecoder : Module<Tensor, Tensor>
{
    private readonly ConvLayer conv_in, conv_out;
    private readonly ModuleList<AutoencoderBlock> up_blocks;
    private readonly AutoencoderMiddle mid_block;
    private readonly GroupNormLayer conv_norm_out;

    public AutoencoderDecoder(TensorPlace place, AutoencoderConfig config) : base(nameof(AutoencoderDecoder))
    {
        var channels = config.BlockChannels.Reverse().ToList();
        conv_in = new ConvLayer(place, config.LatentChannels, channels[0], 3, padding: 1);
        mid_block = new AutoencoderMiddle(place, channels[0], config.Groups);
        up_blocks = ModuleList(Enumerable.Range(0, channels.Count).Select(i => new AutoencoderBlock(place, channels[Math.Max(0, i - 1)], channels[i],
            config.Layers + 1, config.Groups, upsamples: i < channels.Count - 1)).ToArray());
        conv_norm_out = new GroupNormLayer(place, config.Groups, channels[^1], AutoencoderBlock.Eps);
        conv_out = new ConvLayer(place, channels[^1], 3, 3, padding: 1);
        RegisterComponents();
    }

    /// <param name="x">(N, 4, H, W)</param>
    /// <returns>(N, 3, 8 H, 8 W)</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = mid_block.call(conv_in.call(x));
        foreach (var block in up_blocks)
            x = block.call(x);
        return conv_out.call(functional.silu(conv_norm_out.call(x))).MoveToOuterDisposeScope();
    }
}
