using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>Draws the latents of one window: DDIM steps over guided predictions.</summary>
public sealed class WindowSampler(FadaModel model)
{
    private readonly NoiseSchedule _schedule = new();

    /// <param name="noise">(1, F, 8, 16, 16), standard normal.</param>
    /// <param name="motion">Per layer (1, M, T, C).</param>
    /// <param name="audio">(1, F, A, W)</param>
    /// <param name="lipCode">(1, F, 4)</param>
    /// <param name="steps">1 to 1000.</param>
    /// <returns>(F, 8, 16, 16) autoencoder latents.</returns>
    public Tensor Sample(Identity identity, IReadOnlyList<Tensor> motion, Tensor audio, Tensor lipCode, Tensor noise, int steps, GuidanceScales scales)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var full = new DenoiserCondition
        {
            ReferenceLatent = model.Config.Latents.Normalise(identity.Latent),
            Reference = identity.Keys,
            Motion = motion,
            Audio = audio,
            LipCode = lipCode,
        };
        var timesteps = NoiseSchedule.Trailing(steps);
        var x = noise;
        for (var i = 0; i < steps; i++)
        {
            var velocity = GuidedVelocity.Of(model.Denoiser, x, tensor(new[] { timesteps[i] }), full, [scales]);
            x = Ddim.Step(_schedule, x, velocity, timesteps[i], i + 1 < steps ? timesteps[i + 1] : -1);
        }
        return model.Config.Latents.FromData(x[0], identity.Latent).MoveToOuterDisposeScope();
    }

    /// <summary>The ReferenceNet's features of a window's motion frames.</summary>
    /// <param name="latents">(M, 8, 16, 16)</param>
    public IReadOnlyList<Tensor> MotionFeatures(Tensor latents)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var bank = model.Reference.call(model.Config.Latents.Normalise(latents).to(model.Precision));
        return bank.Select(t => t.unsqueeze(0).MoveToOuterDisposeScope()).ToList();
    }
}
