using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Denoising;

/// <summary>One call of a denoiser: R rows (conditions) of F frames each.</summary>
internal sealed record UNetInput
{
    /// <summary>(R, 4, F, H, W)</summary>
    public required Tensor Latents { get; init; }
    public required int Timestep { get; init; }

    /// <summary>What attn2 reads: (R, T, D) for all frames of a row, or (R F, T, D). Null without attn2.</summary>
    public Tensor? Context { get; init; }

    /// <summary>Output of the face locator, added behind the first convolution: (R, C, F, H, W). Null for nothing.</summary>
    public Tensor? FaceFeatures { get; init; }

    /// <summary>(R, F, T, D) audio tokens of each frame, for the audio modules.</summary>
    public Tensor? Audio { get; init; }
    public AudioMasks? Masks { get; init; }
    public MotionScale MotionScale { get; init; } = MotionScale.One;

    /// <summary>Reference features; null for an empty bank.</summary>
    public ReferenceBank? Bank { get; init; }

    /// <summary>The bank's group that each of the R rows reads.</summary>
    public IReadOnlyList<int> RowGroups { get; init; } = [];

    /// <summary>The first so many rows do not see the portrait (they do see the motion frames).</summary>
    public int RowsWithoutReference { get; init; }
}
