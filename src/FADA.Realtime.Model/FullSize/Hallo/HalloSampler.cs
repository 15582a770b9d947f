using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Hallo;

/// <summary>Denoises one window with DDIM (Song et al. 2021) under classifier-free guidance.</summary>
internal sealed class HalloSampler(UNet reference, UNet denoiser)
{
    /// <param name="noise">(1, 4, F, H, W), in single precision, which the latents keep; the networks have their own.</param>
    /// <param name="onStep">Called with the latents behind each step.</param>
    /// <returns>Latents (1, 4, F, H, W).</returns>
    public Tensor Sample(HalloCondition condition, Tensor noise, HalloSampling sampling, Action<Tensor>? onStep = null)
    {
        using var scope = NewDisposeScope();
        var rows = Rows(sampling);
        using var bank = Bank(condition, rows);
        var schedule = new NoiseSchedule(betas: sampling.Betas);
        var latents = noise;
        foreach (var t in NoiseSchedule.Trailing(sampling.Steps))
        {
            using var step = NewDisposeScope();
            var velocity = Velocity(condition, latents, t, rows, bank);
            latents = Ddim.Step(schedule, latents, velocity, t, NoiseSchedule.Previous(t, sampling.Steps)).MoveToOuterDisposeScope();
            onStep?.Invoke(latents);
        }
        return latents.MoveToOuterDisposeScope();
    }

    // Which condition each run has, and its weight in the sum.
    private static List<HalloRow> Rows(HalloSampling sampling)
    {
        var (nothing, portrait, everything) = sampling.JointGuidance
            ? (1 - sampling.Scales.Audio, 0, sampling.Scales.Audio)
            : sampling.Scales.Weights;
        return new HalloRow[] { new(false, false, nothing), new(true, false, portrait), new(true, true, everything) }.Where(r => r.Weight != 0).ToList();
    }

    // Without an unconditional run the ReferenceNet sees the portrait's tokens alone.
    private ReferenceBank Bank(HalloCondition condition, List<HalloRow> rows) => rows.TrueForAll(r => r.SeesPortrait)
        ? reference.Write(condition.ReferenceLatents, condition.ImageTokens.narrow(0, 1, 1), 1)
        : reference.Write(condition.ReferenceLatents.repeat(2, 1, 1, 1), condition.ImageTokens, 2);

    private Tensor Velocity(HalloCondition condition, Tensor latents, int t, List<HalloRow> rows, ReferenceBank bank)
    {
        Tensor Shown(Tensor x, Func<HalloRow, bool> visible) => cat(rows.Select(r => visible(r) ? x : zeros_like(x)).ToList(), 0);
        IReadOnlyList<Tensor> Repeated(IReadOnlyList<Tensor> masks) => masks.Select(m => m.repeat(rows.Count, 1)).ToList();
        var masks = condition.Masks;
        var predicted = denoiser.Denoise(new UNetInput
        {
            Latents = latents.to(condition.Audio.dtype).repeat(rows.Count, 1, 1, 1, 1),
            Timestep = t,
            Context = cat(rows.Select(r => condition.ImageTokens.narrow(0, r.SeesPortrait ? 1 : 0, 1)).ToList(), 0),
            FaceFeatures = Shown(condition.FaceFeatures, r => r.SeesPortrait),
            Audio = Shown(condition.Audio, r => r.HearsSound),
            Masks = new AudioMasks(Repeated(masks.Pose), Repeated(masks.Face), Repeated(masks.Lips)),
            MotionScale = condition.MotionScale,
            Bank = bank,
            RowGroups = rows.Select(r => r.SeesPortrait ? bank.Groups - 1 : 0).ToList(),
            RowsWithoutReference = rows.Count(r => !r.SeesPortrait),
        });
        return rows.Select((r, i) => predicted.narrow(0, i, 1).to(latents.dtype).mul(Constants.Of(r.Weight))).Aggregate((a, b) => a + b);
    }

    private readonly record struct HalloRow(bool SeesPortrait, bool HearsSound, float Weight);
}
