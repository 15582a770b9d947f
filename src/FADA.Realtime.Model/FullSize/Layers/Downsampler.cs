using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Halves height and width with a strided convolution.</summary>
internal sealed class Downsampler : Module<Tensor, Tensor>
{
    private readonly ConvLayer conv;
    private readonly bool _asymmetric;

    /// <param name="asymmetric">Pads only right and below, as the encoder of the autoencoder does.</param>
    public Downsampler(TensorPlace place, long channels, bool asymmetric = false) : base(nameof(Downsampler))
    {
        _asymmetric = asymmetric;
        conv = new ConvLayer(place, channels, channels, 3, stride: 2, padding: asymmetric ? 0 : 1);
        RegisterComponents();
    }

    /// <param name="x">(N, C, H, W)</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return conv.call(_asymmetric ? functional.pad(x, (0, 1, 0, 1)) : x).MoveToOuterDisposeScope();
    }
}
