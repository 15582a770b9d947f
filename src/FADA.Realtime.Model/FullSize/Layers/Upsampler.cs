using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Doubles height and width: nearest neighbour, then a convolution.</summary>
internal sealed class Upsampler : Module<Tensor, Tensor>
{
    private readonly ConvLayer conv;

    public Upsampler(TensorPlace place, long channels) : base(nameof(Upsampler))
    {
        conv = new ConvLayer(place, channels, channels, 3, padding: 1);
        RegisterComponents();
    }

    /// <param name="x">(N, C, H, W)</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return conv.call(functional.interpolate(x, size: [x.shape[2] * 2, x.shape[3] * 2], mode: InterpolationMode.Nearest)).MoveToOuterDisposeScope();
    }
}
