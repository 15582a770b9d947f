using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>
/// The guided prediction of a denoiser: one run of a network that is told the scales, up to three runs of one that is
/// not (without conditions, with the reference, with reference and audio).
/// </summary>
public static class GuidedVelocity
{
    /// <summary>Network runs of one denoising step.</summary>
    public static int Runs(GuidanceControl control, GuidanceScales scales) => control == GuidanceControl.None ? scales.Runs : 1;

    /// <param name="noisy">(B, F, 8, 16, 16)</param>
    /// <param name="timesteps">(B)</param>
    /// <param name="condition">With all conditions.</param>
    /// <param name="scales">Of each of the B samples.</param>
    /// <returns>(B, F, 8, 16, 16)</returns>
    public static Tensor Of(Denoiser denoiser, Tensor noisy, Tensor timesteps, DenoiserCondition condition, IReadOnlyList<GuidanceScales> scales)
    {
        if (denoiser.Config.Guidance != GuidanceControl.None)
        {
            var told = tensor(scales.SelectMany(s => new[] { s.Reference, s.Audio }).ToArray(), [scales.Count, 2]);
            return denoiser.forward(noisy, timesteps, condition with { Guidance = told });
        }
        using var scope = NewDisposeScope();
        var silent = condition with { Audio = null, LipCode = null };
        var bare = silent with { Reference = null, ReferenceLatent = null };
        var velocity = zeros_like(noisy);
        foreach (var (weights, seen) in new[] { (Weights(s => s.Base), bare), (Weights(s => s.Reference), silent), (Weights(s => s.Audio), condition) })
        {
            if (weights.Any(w => w != 0))
                velocity = velocity + denoiser.forward(noisy, timesteps, seen) * tensor(weights, [scales.Count, 1, 1, 1, 1]);
        }
        return velocity.MoveToOuterDisposeScope();

        float[] Weights(Func<(float Base, float Reference, float Audio), float> of) => scales.Select(s => of(s.Weights)).ToArray();
    }
}
