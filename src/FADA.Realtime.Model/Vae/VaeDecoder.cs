using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Vae;

/// <summary>
/// Latents to pictures, with the reference picture at hand: its own pixels are moved (as in first-order motion models,
/// Siarohin et al. 2019, but dense from the latents), and only what they lack is painted. The last layer is a cheap
/// pixel shuffle from 64x64.
/// </summary>
public sealed class VaeDecoder : Module<Tensor, Tensor, Painting>
{
    // Of the side, at most: lips and jaw go no further.
    private const float Reach = 0.25f;
    private readonly Conv2d stem, widen32, widen64, join, head;
    private readonly Conv2d? flow;
    private readonly Sequential body16, body32, body64, reference;

    public VaeDecoder(VaeConfig config) : base(nameof(VaeDecoder))
    {
        var c = config.DecoderChannels;
        stem = Conv2d(config.LatentChannels, c[0], 3, padding: 1);
        body16 = Sequential(new ResidualBlock(c[0]), new ResidualBlock(c[0]));
        widen32 = Conv2d(c[0], c[1], 3, padding: 1);
        body32 = Sequential(new ResidualBlock(c[1]), new ResidualBlock(c[1]));
        widen64 = Conv2d(c[1], c[2], 3, padding: 1);
        join = Conv2d(c[2] + config.ReferenceChannels, c[2], 3, padding: 1);
        body64 = Sequential(new ResidualBlock(c[2]));
        head = Conv2d(c[2], 4 * 16, 3, padding: 1);
        flow = config.Warp ? Conv2d(c[2], 2, 3, padding: 1) : null;
        reference = Sequential(
            PixelUnshuffle(4),                                               // (B, 64, 64, 64)
            Conv2d(4 * 16, config.ReferenceChannels, 3, padding: 1),
            ReLU(),
            new ResidualBlock(config.ReferenceChannels));
        RegisterComponents();
        if (flow is not null)
        {
            // Nothing moves at first.
            init.zeros_(flow.weight);
            init.zeros_(flow.bias!);
        }
    }

    /// <summary>Features of the reference picture, computed once per avatar.</summary>
    /// <param name="picture">(B, 4, 256, 256): RGB -1..1 and a plane of ones; all zeros where there is no reference.</param>
    /// <returns>(B, R, 64, 64)</returns>
    public Tensor Reference(Tensor picture) => reference.call(picture);

    /// <param name="latent">(B, 8, 16, 16), channels-last.</param>
    /// <param name="features">(B, R, 64, 64) from <see cref="Reference"/>.</param>
    public override Painting forward(Tensor latent, Tensor features)
    {
        using var scope = NewDisposeScope();
        var x = body16.call(stem.call(latent));                              // (B, 128, 16, 16)
        x = body32.call(widen32.call(Double(x)));                            // (B, 96, 32, 32)
        x = functional.relu(widen64.call(Double(x)));                        // (B, 48, 64, 64)
        x = body64.call(join.call(cat([x, features], 1)));                   // (B, 48, 64, 64)
        x = functional.relu(x);
        var motion = flow is null ? null : flow.call(x).to(ScalarType.Float32).tanh() * Reach; // (B, 2, 64, 64)
        x = functional.pixel_shuffle(head.call(x), 4);                       // (B, 4, 256, 256)
        var picture = x[TensorIndex.Colon, TensorIndex.Slice(0, 3)].to(ScalarType.Float32);
        var mask = x[TensorIndex.Colon, TensorIndex.Slice(3, 4)].to(ScalarType.Float32).sigmoid();
        return new Painting(picture.MoveToOuterDisposeScope(), mask.MoveToOuterDisposeScope(), motion?.MoveToOuterDisposeScope());
    }

    private static Tensor Double(Tensor x) => functional.interpolate(x, scale_factor: [2, 2], mode: InterpolationMode.Nearest);
}
