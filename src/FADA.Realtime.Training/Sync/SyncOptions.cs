using FADA.Realtime.Training.Runs;

namespace FADA.Realtime.Training.Sync;

/// <summary>Configuration of <c>fada train sync</c>.</summary>
public sealed record SyncOptions
{
    public string Clips { get; init; } = ".data/av";
    public string Latents { get; init; } = ".data/latents";

    /// <summary>Weights of the autoencoder stage that made the latents.</summary>
    public string Vae { get; init; } = ".runs/vae/vae.safetensors";
    public int Looks { get; init; } = 12;

    /// <summary>Clips in a batch, and moments of each: a moment must be told from others of the same clip.</summary>
    public int ClipsPerBatch { get; init; } = 16;
    public int Moments { get; init; } = 6;
    public double MainShare { get; init; } = 0.5;
    public double Temperature { get; init; } = 0.07;
    public TrainingSchedule Schedule { get; init; } = new() { Steps = 2500, LearningRate = 1e-3, SampleEvery = 250 };
}
