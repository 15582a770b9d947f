using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>The U-Net both networks share: three resolutions down, a middle layer, three up with skips.</summary>
internal sealed class UNetBody : Module
{
    private readonly Conv2d conv_in, down1, down2, up1, up2;
    private readonly Parameter position;
    private readonly ModuleList<UNetLayer> layers;

    public UNetBody(DenoiserConfig config, int inputs, bool isReference) : base(nameof(UNetBody))
    {
        var c = config.Channels;
        conv_in = Conv2d(inputs, c[0], 3, padding: 1);
        // The crop is stabilised: a learned place says where the mouth is.
        position = Parameter(randn(1, config.LatentSide, config.LatentSide, c[0]) * 0.02);
        down1 = Conv2d(c[0], c[1], 3, stride: 2, padding: 1);
        down2 = Conv2d(c[1], c[2], 3, stride: 2, padding: 1);
        up2 = Conv2d(c[2], c[1], 3, padding: 1);
        up1 = Conv2d(c[1], c[0], 3, padding: 1);
        layers = ModuleList(
            new UNetLayer(config, c[0], c[0], isReference), new UNetLayer(config, c[1], c[1], isReference),
            new UNetLayer(config, c[2], c[2], isReference), new UNetLayer(config, c[2], c[2], isReference),
            new UNetLayer(config, c[1] * 2, c[1], isReference), new UNetLayer(config, c[0] * 2, c[0], isReference));
        RegisterComponents();
    }

    public IReadOnlyList<UNetLayer> Layers => layers.ToList();

    /// <param name="latent">(N, K, 16, 16)</param>
    /// <param name="apply">Runs one layer on (N, H, W, C); gets the layer and its index.</param>
    /// <returns>(N, 16, 16, C)</returns>
    public Tensor Run(Tensor latent, Func<UNetLayer, Tensor, int, Tensor> apply)
    {
        var x = conv_in.call(latent).permute(0, 2, 3, 1).contiguous() + position;        // (N, 16, 16, C0)
        var skip16 = apply(layers[0], x, 0);
        var skip8 = apply(layers[1], down1.Convolve(skip16), 1);                         // (N, 8, 8, C1)
        x = apply(layers[2], down2.Convolve(skip8), 2);                                  // (N, 4, 4, C2)
        x = apply(layers[3], x, 3);
        x = up2.Convolve(Tokens.Double(x));                                              // (N, 8, 8, C1)
        x = apply(layers[4], cat([x, skip8], -1), 4);
        x = up1.Convolve(Tokens.Double(x));                                              // (N, 16, 16, C0)
        return apply(layers[5], cat([x, skip16], -1), 5);
    }
}
