namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>
/// What the published code does although one would not write it so; published weights were trained with it, so the
/// defaults are Hallo's. Each can be switched off for networks trained from scratch.
/// </summary>
public sealed record UNetQuirks
{
    /// <summary>
    /// Audio modules are as wide inside as their block's input, not its output: on the way up that is the width of the
    /// next finer block. The weights have these shapes.
    /// </summary>
    public bool AudioWidthOfBlockInput { get; init; } = true;

    /// <summary>
    /// Hallo never switches its denoiser to evaluation, so its training branch runs (with gradient checkpointing). Only that
    /// branch prepends motion frames and scales the audio regions, and in it blocks without attention skip their motion
    /// modules although weights for them exist.
    /// </summary>
    public bool TrainingBranch { get; init; } = true;

    /// <summary>
    /// The ReferenceNet repeats its text rows as a tile (u, c, u, c, u, c) beside pictures that go r, m, m, r, m, m; the
    /// weights saw this misalignment.
    /// </summary>
    public bool TileReferenceText { get; init; } = true;

    /// <summary>
    /// The denoiser repeats the portrait's features as a tile, too (a forgotten unsqueeze): with an unconditional and a
    /// conditional row, every other frame of the conditional one reads the unconditional features.
    /// </summary>
    public bool TileReferenceFeatures { get; init; } = true;

    /// <summary>
    /// Zero frames that stand in for motion frames while the bank is empty, as in Hallo's training of the unconditional
    /// half: four, although there are two motion frames otherwise.
    /// </summary>
    public int EmptyBankMotionFrames { get; init; } = 4;

    /// <summary>
    /// Rounds the reference features to half precision, as the published pipelines do whatever the weights' type is. It
    /// changes a single-precision result by 3e-4.
    /// </summary>
    public bool HalfPrecisionBank { get; init; }
}
