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
        using var scope = NewDisposeScope();
        var control = denoiser.Config.Guidance;
        return Of(denoiser, noisy, timesteps, condition, Told(control, scales, noisy.device), Conditions(control, scales)).MoveToOuterDisposeScope();
    }

    /// <summary>The scales as a tensor, so that one graph serves all of them.</summary>
    /// <returns>(B, 2) for a network that is told them, else (3, B, 1, 1, 1, 1), the weights of the runs.</returns>
    internal static Tensor Told(GuidanceControl control, IReadOnlyList<GuidanceScales> scales, Device device)
    {
        if (control != GuidanceControl.None)
            return tensor(scales.SelectMany(s => new[] { s.Reference, s.Audio }).ToArray(), [scales.Count, 2], device: device);
        var weights = scales.Select(s => s.Weights).ToList();
        return tensor([.. weights.Select(w => w.Base), .. weights.Select(w => w.Reference), .. weights.Select(w => w.Audio)], [3, scales.Count, 1, 1, 1, 1], device: device);
    }

    /// <summary>Bit i: run i has a weight in some sample; 0 for a network that is told the scales.</summary>
    internal static int Conditions(GuidanceControl control, IReadOnlyList<GuidanceScales> scales)
    {
        if (control != GuidanceControl.None)
            return 0;
        var bits = 0;
        foreach (var scale in scales)
        {
            var (bare, reference, audio) = scale.Weights;
            bits |= (bare != 0 ? 1 : 0) | (reference != 0 ? 2 : 0) | (audio != 0 ? 4 : 0);
        }
        return bits;
    }

    /// <summary>The same with the scales on the device already: nothing in here copies from the host.</summary>
    internal static Tensor Of(Denoiser denoiser, Tensor noisy, Tensor timesteps, DenoiserCondition condition, Tensor told, int conditions)
    {
        if (denoiser.Config.Guidance != GuidanceControl.None)
            return denoiser.forward(noisy, timesteps, condition with { Guidance = told });
        using var scope = NewDisposeScope();
        var silent = condition with { Audio = null, LipCode = null };
        var bare = silent with { Reference = null, ReferenceLatent = null };
        var velocity = zeros_like(noisy);
        var seen = new[] { bare, silent, condition };
        for (var run = 0; run < seen.Length; run++)
        {
            if ((conditions & 1 << run) != 0)
                velocity = velocity + denoiser.forward(noisy, timesteps, seen[run]) * told[run];
        }
        return velocity.MoveToOuterDisposeScope();
    }
}
