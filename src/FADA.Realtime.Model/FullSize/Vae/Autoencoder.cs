using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Layers;
using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Vae;

/// <summary>The KL autoencoder of latent diffusion (Rombach et al. 2022): pictures to latents of an eighth of their size, and back.</summary>
internal sealed class Autoencoder : Module
{
    private readonly AutoencoderEncoder encoder;
    private readonly AutoencoderDecoder decoder;
    private readonly ConvLayer quant_conv, post_quant_conv;
    private readonly Scalar _scale, _inverse;

    public Autoencoder(TensorPlace place, AutoencoderConfig config) : base(nameof(Autoencoder))
    {
        (_scale, _inverse) = (Constants.Of(config.ScalingFactor), Constants.Of(1 / config.ScalingFactor));
        encoder = new AutoencoderEncoder(place, config);
        decoder = new AutoencoderDecoder(place, config);
        quant_conv = new ConvLayer(place, 2 * config.LatentChannels, 2 * config.LatentChannels, 1);
        post_quant_conv = new ConvLayer(place, config.LatentChannels, config.LatentChannels, 1);
        RegisterComponents();
    }

    /// <param name="pictures">(N, 3, 8 H, 8 W), -1 to 1.</param>
    /// <returns>Mean and logarithm of the variance, (N, 4, H, W) each, not scaled.</returns>
    public (Tensor Mean, Tensor LogVariance) Distribution(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        var parts = quant_conv.call(encoder.call(pictures)).chunk(2, 1);
        return (parts[0].MoveToOuterDisposeScope(), parts[1].clamp(Constants.Of(-30), Constants.Of(20)).MoveToOuterDisposeScope());
    }

    /// <summary>Latents of pictures as the denoiser sees them: the scaled mean.</summary>
    public Tensor Encode(Tensor pictures)
    {
        using var scope = NewDisposeScope();
        return Distribution(pictures).Mean.mul(_scale).MoveToOuterDisposeScope();
    }

    /// <param name="latents">(N, 4, H, W), not scaled.</param>
    /// <returns>(N, 3, 8 H, 8 W), about -1 to 1.</returns>
    public Tensor DecodeUnscaled(Tensor latents)
    {
        using var scope = NewDisposeScope();
        return decoder.call(post_quant_conv.call(latents)).MoveToOuterDisposeScope();
    }

    /// <summary>Pictures of the denoiser's latents, 0 to 1.</summary>
    public Tensor Decode(Tensor latents)
    {
        using var scope = NewDisposeScope();
        return DecodeUnscaled(latents.mul(_inverse)).mul(Constants.Of(0.5)).add(Constants.Of(0.5)).clamp(Constants.Of(0), Constants.Of(1)).MoveToOuterDisposeScope();
    }
}
