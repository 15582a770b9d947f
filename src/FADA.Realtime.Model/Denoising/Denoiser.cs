using FADA.Realtime.Model.Layers;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Denoising;

/// <summary>The denoising U-Net: noisy latents of a window in, v-prediction out (Salimans and Ho 2022).</summary>
public sealed class Denoiser : Module
{
    private readonly UNetBody body;
    private readonly Sequential time_embedding, audio_vector;
    private readonly Linear audio_tokens, lip_token;
    private readonly Parameter token_places;
    private readonly GuidanceTokens? guidance_tokens;
    private readonly GuidanceEmbedding? guidance_embedding;
    private readonly LayerNorm norm_out;
    private readonly Conv2d conv_out;
    private readonly float[] _frequencies;

    public Denoiser(DenoiserConfig config) : base(nameof(Denoiser))
    {
        Config = config;
        var half = config.TimeWidth / 2;
        _frequencies = Enumerable.Range(0, half).Select(i => (float)Math.Exp(-Math.Log(10_000) * i / half)).ToArray();
        body = new UNetBody(config, 2 * config.LatentChannels, isReference: false);
        time_embedding = Sequential(Linear(config.TimeWidth, config.TimeWidth), SiLU(), Linear(config.TimeWidth, config.TimeWidth));
        audio_tokens = Linear(config.AudioFeatures, config.AudioWidth);
        lip_token = Linear(config.LipCode, config.AudioWidth);
        token_places = Parameter(randn(config.AudioWindow + 1, config.AudioWidth) * 0.02);
        audio_vector = Sequential(Linear((config.AudioWindow + 1) * config.AudioWidth, config.TimeWidth), SiLU(), Linear(config.TimeWidth, config.TimeWidth, hasBias: false));
        guidance_tokens = config.Guidance == GuidanceControl.Tokens ? new GuidanceTokens(config.GuidanceTokens, config.AudioWidth) : null;
        guidance_embedding = config.Guidance == GuidanceControl.Embedding ? new GuidanceEmbedding(config.TimeWidth) : null;
        norm_out = LayerNorm(config.Channels[0]);
        conv_out = Conv2d(config.Channels[0], config.LatentChannels, 3, padding: 1);
        init.zeros_(conv_out.weight);
        init.zeros_(conv_out.bias!);
        RegisterComponents();
    }

    public DenoiserConfig Config { get; }

    /// <summary>The keys and values each layer derives from the ReferenceNet's features; once per identity.</summary>
    public IReadOnlyList<Tensor> ReferenceKeys(IReadOnlyList<Tensor> features) =>
        body.Layers.Select((layer, i) => layer.ReferenceKeys(features[i])).ToList();

    /// <param name="noisy">(B, F, 8, 16, 16)</param>
    /// <param name="timesteps">(B), 0 .. 999.</param>
    /// <returns>(B, F, 8, 16, 16) v-prediction, fp32.</returns>
    public Tensor forward(Tensor noisy, Tensor timesteps, DenoiserCondition condition)
    {
        using var scope = NewDisposeScope();
        var (b, f, k, side) = (noisy.shape[0], noisy.shape[1], noisy.shape[2], noisy.shape[3]);
        var type = conv_out.weight.dtype;
        var tokens = AudioTokens(condition, b, f).to(type);                                       // (B F, A, D)
        var moment = time_embedding.call(Sinusoids(timesteps).to(type));                           // (B, W)
        if (condition.Guidance is not null && guidance_embedding is not null)
            moment = moment + guidance_embedding.call(condition.Guidance);
        var control = condition.Guidance is null ? null : guidance_tokens?.call(condition.Guidance);   // (B, K, D)
        var vector = moment.unsqueeze(1).expand(b, f, Config.TimeWidth).reshape(b * f, Config.TimeWidth)
            + audio_vector.call(tokens.view(b * f, -1));
        vector = functional.silu(vector);
        var reference = condition.ReferenceLatent is { } latent
            ? latent.unsqueeze(1).expand(b, f, k, side, side)
            : zeros_like(noisy);
        var input = cat([noisy, reference], 2).view(b * f, 2 * k, side, side).to(type);
        var x = body.Run(input, (layer, h, i) => layer.Read(h, vector, tokens, control, condition, i));     // (B F, 16, 16, C)
        x = conv_out.call(functional.silu(norm_out.call(x)).permute(0, 3, 1, 2));                  // (B F, 8, 16, 16)
        return x.to(ScalarType.Float32).reshape(b, f, k, side, side).MoveToOuterDisposeScope();
    }

    // Zeros where the audio is dropped: keys and values without bias then read nothing.
    private Tensor AudioTokens(DenoiserCondition condition, long b, long f)
    {
        var type = conv_out.weight.dtype;
        if (condition.Audio is null || condition.LipCode is null)
            return zeros(b * f, Config.AudioWindow + 1, Config.AudioWidth, dtype: type, device: conv_out.weight.device);
        var audio = audio_tokens.call(condition.Audio.to(type));                                   // (B, F, A, D)
        var lip = lip_token.call(condition.LipCode.to(type)).unsqueeze(2);                         // (B, F, 1, D)
        var tokens = cat([audio, lip], 2) + token_places;
        if (condition.AudioKeep is { } keep)
            tokens = tokens * keep.view(b, 1, 1, 1).to(type);
        return tokens.view(b * f, Config.AudioWindow + 1, Config.AudioWidth);
    }

    // Vaswani et al. 2017: sines and cosines of geometrically spaced frequencies.
    private Tensor Sinusoids(Tensor timesteps)
    {
        var frequencies = DeviceConstants.Of(_frequencies, timesteps.device);
        var angles = timesteps.to(ScalarType.Float32).unsqueeze(1) * frequencies;                  // (B, half)
        return cat([angles.cos(), angles.sin()], 1);
    }
}
