using FADA.Realtime.Model.Diffusion;

namespace FADA.Realtime.Model.FullSize.Hallo;

/// <summary>How Hallo is sampled; the defaults are the published ones.</summary>
public sealed record HalloSampling
{
    public int Steps { get; init; } = 40;

    /// <summary>Of portrait and sound; with <see cref="JointGuidance"/> the audio scale counts for both.</summary>
    public GuidanceScales Scales { get; init; } = new(3.5f, 3.5f);

    /// <summary>
    /// Hallo guides with one scale from two runs, nothing and everything. Switched off, a third run (portrait without sound,
    /// which training covered) lets each condition have its own scale.
    /// </summary>
    public bool JointGuidance { get; init; } = true;

    /// <summary>Hallo was trained with scaled-linear betas and samples with linear ones; its results are those of the mismatch.</summary>
    public BetaSchedule Betas { get; init; } = BetaSchedule.Linear;
}
