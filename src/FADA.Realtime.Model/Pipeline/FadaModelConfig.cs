using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Vae;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>Everything a weights file says about itself, kept as JSON in its metadata.</summary>
public sealed record FadaModelConfig
{
    public string Name { get; init; } = "fada-tiny";
    public VaeConfig Vae { get; init; } = new();
    public AudioEncoderConfig Audio { get; init; } = new();
    public DenoiserConfig Denoiser { get; init; } = new();
    public required LatentStatistics Latents { get; init; }

    /// <summary>Denoising steps this checkpoint is meant to be run with.</summary>
    public int Steps { get; init; } = 3;
    public float ReferenceScale { get; init; } = 1;
    public float AudioScale { get; init; } = 1;

    /// <summary>Factor on the predicted lip code: regression to the mean makes it smaller than real lips.</summary>
    public float LipGain { get; init; } = 1;
}
