using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Conditioning;

/// <summary>Encodes where the face is: a mask of 8 times the latents' size to features that join the first convolution.</summary>
internal sealed class FaceLocator : Module<Tensor, Tensor>
{
    private readonly ConvLayer conv_in, conv_out;
    private readonly ModuleList<ConvLayer> blocks;

    /// <param name="input">Channels of the mask: 3 in Hallo, 1 in EchoMimic.</param>
    /// <param name="channels">Of the four stages.</param>
    /// <param name="output">Channels of the U-Net's first layer.</param>
    public FaceLocator(TensorPlace place, long input, IReadOnlyList<int> channels, long output) : base(nameof(FaceLocator))
    {
        conv_in = new ConvLayer(place, input, channels[0], 3, padding: 1);
        blocks = ModuleList(channels.Zip(channels.Skip(1)).SelectMany(p => new[]
        {
            new ConvLayer(place, p.First, p.First, 3, padding: 1), new ConvLayer(place, p.First, p.Second, 3, stride: 2, padding: 1),
        }).ToArray());
        conv_out = new ConvLayer(place, channels[^1], output, 3, padding: 1);
        RegisterComponents();
    }

    /// <param name="mask">(R, C, F, 8 H, 8 W), 0 to 1.</param>
    /// <returns>(R, O, F, H, W)</returns>
    public override Tensor forward(Tensor mask)
    {
        using var scope = NewDisposeScope();
        var x = functional.silu(conv_in.call(Video.ToFrames(mask)));
        foreach (var block in blocks)
            x = functional.silu(block.call(x));
        return Video.FromFrames(conv_out.call(x), mask.shape[2]).MoveToOuterDisposeScope();
    }
}
