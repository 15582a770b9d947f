using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>
/// Draws the latents of one window: DDIM steps over guided predictions. Nothing is copied from the host on the way, so
/// that a CUDA graph can hold all of it.
/// </summary>
internal sealed class WindowSampler(FadaModel model)
{
    private readonly NoiseSchedule _schedule = new();

    /// <param name="reference">(1, 8, 16, 16), the portrait's latent, not normalised.</param>
    /// <param name="noise">(1, F, 8, 16, 16), standard normal.</param>
    /// <param name="condition">All but the portrait's latent.</param>
    /// <param name="steps">1 to 1000.</param>
    /// <param name="told">As <see cref="GuidedVelocity.Told"/> makes it.</param>
    /// <param name="conditions">As <see cref="GuidedVelocity.Conditions"/> says.</param>
    /// <returns>(F, 8, 16, 16) autoencoder latents.</returns>
    public Tensor Sample(Tensor reference, Tensor noise, DenoiserCondition condition, int steps, Tensor told, int conditions)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var full = condition with { ReferenceLatent = model.Config.Latents.Normalise(reference) };
        var timesteps = NoiseSchedule.Trailing(steps);
        var x = noise;
        for (var i = 0; i < steps; i++)
        {
            // Filled on the device; a tensor of an array would be copied there.
            var moment = torch.full([1], Constants.Of(timesteps[i]), ScalarType.Int32, noise.device);
            var velocity = GuidedVelocity.Of(model.Denoiser, x, moment, full, told, conditions);
            x = Ddim.Step(_schedule, x, velocity, timesteps[i], i + 1 < steps ? timesteps[i + 1] : -1);
        }
        return model.Config.Latents.FromData(x[0], reference).MoveToOuterDisposeScope();
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
