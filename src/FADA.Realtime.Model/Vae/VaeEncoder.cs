using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Vae;

/// <summary>256x256 pictures to the mean and log-variance of 16x16 latents (Kingma and Welling 2014).</summary>
public sealed class VaeEncoder : Module<Tensor, (Tensor Mean, Tensor LogVariance)>
{
    private readonly Sequential body;

    public VaeEncoder(VaeConfig config) : base(nameof(VaeEncoder))
    {
        var c = config.EncoderChannels;
        body = Sequential(
            PixelUnshuffle(4),                                               // (B, 48, 64, 64)
            Conv2d(48, c[0], 3, padding: 1),
            new ResidualBlock(c[0]),
            Conv2d(c[0], c[1], 3, stride: 2, padding: 1),                    // 32x32
            new ResidualBlock(c[1]),
            Conv2d(c[1], c[2], 3, stride: 2, padding: 1),                    // 16x16
            new ResidualBlock(c[2]),
            new ResidualBlock(c[2]),
            Conv2d(c[2], 2 * config.LatentChannels, 3, padding: 1));
        RegisterComponents();
    }

    /// <param name="picture">(B, 3, 256, 256), -1..1, channels-last.</param>
    /// <returns>(B, 8, 16, 16) each, fp32.</returns>
    public override (Tensor Mean, Tensor LogVariance) forward(Tensor picture)
    {
        using var scope = NewDisposeScope();
        var moments = body.call(picture).to(ScalarType.Float32).chunk(2, 1);
        return (moments[0].MoveToOuterDisposeScope(), moments[1].clamp(-12, 4).MoveToOuterDisposeScope());
    }
}
