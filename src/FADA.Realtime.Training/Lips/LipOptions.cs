using FADA.Realtime.Training.Runs;

namespace FADA.Realtime.Training.Lips;

/// <summary>Configuration of <c>fada train lips</c>.</summary>
public sealed record LipOptions
{
    public string Clips { get; init; } = ".data/av";
    public string Latents { get; init; } = ".data/latents";

    /// <summary>Weights of the autoencoder stage that made the latents.</summary>
    public string Vae { get; init; } = ".runs/vae/vae.safetensors";
    public int Looks { get; init; } = 12;

    /// <summary>Read pictures instead of latents.</summary>
    public bool Pictures { get; init; }

    /// <summary>Clips in a batch, and frames of each; they share a reference.</summary>
    public int ClipsPerBatch { get; init; } = 16;
    public int Frames { get; init; } = 8;
    public double MainShare { get; init; } = 0.35;

    /// <summary>Most noise on what is read, in its own units: what a student predicts is never quite clean.</summary>
    public double Noise { get; init; } = 0.5;
    public TrainingSchedule Schedule { get; init; } = new() { Steps = 3000, LearningRate = 1e-3, SampleEvery = 500 };
}
