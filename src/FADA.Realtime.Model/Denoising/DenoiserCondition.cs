using static TorchSharp.torch;

namespace FADA.Realtime.Model.Denoising;

/// <summary>What the denoiser is told about a window besides the noisy latents.</summary>
public sealed record DenoiserCondition
{
    /// <summary>(B, 8, 16, 16) latent of the reference picture, normalised; null where the reference is dropped.</summary>
    public Tensor? ReferenceLatent { get; init; }

    /// <summary>Per layer (B, T, 2 C): keys and values of the reference; null where it is dropped.</summary>
    public IReadOnlyList<Tensor>? Reference { get; init; }

    /// <summary>(B, 1, 1), see <see cref="SpatialTransformer.forward"/>; only training drops single samples.</summary>
    public Tensor? ReferenceBias { get; init; }

    /// <summary>Per layer (B, M, T, C): features of the motion frames; null where there are none.</summary>
    public IReadOnlyList<Tensor>? Motion { get; init; }

    /// <summary>(B, 1, 1), see <see cref="MotionModule.forward"/>.</summary>
    public Tensor? MotionBias { get; init; }

    /// <summary>(B, F, A, W) audio features of the pictures each frame sees; null where the audio is dropped.</summary>
    public Tensor? Audio { get; init; }

    /// <summary>(B, F, 4) lip code; null together with <see cref="Audio"/>.</summary>
    public Tensor? LipCode { get; init; }

    /// <summary>(B, 2) reference and audio scale that this run stands for; null for an unguided run.</summary>
    public Tensor? Guidance { get; init; }

    /// <summary>(B, 1, 1) of ones, and zeros for samples whose audio is dropped; null for ones.</summary>
    public Tensor? AudioKeep { get; init; }
}
