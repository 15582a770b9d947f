using FADA.Realtime.Model.Audio;
using FADA.Realtime.Training.Runs;

namespace FADA.Realtime.Training.Stages;

/// <summary>Configuration of <c>fada train audio</c>.</summary>
public sealed record AudioOptions
{
    public string Clips { get; init; } = ".data/av";
    public string Speech { get; init; } = ".data/speech/espeak.safetensors";
    public int SpeechCount { get; init; } = 4000;
    public int SpeechBatch { get; init; } = 16;
    public int ClipBatch { get; init; } = 20;

    /// <summary>Share of clips from the speaker with most clips.</summary>
    public double MainShare { get; init; } = 0.4;
    /// <summary>Clips are played at exp(-range) to exp(range) times their speed.</summary>
    public double SpeedRange { get; init; } = 0.17;
    public AudioEncoderConfig Encoder { get; init; } = new();
    public TrainingSchedule Schedule { get; init; } = new() { Steps = 4000, LearningRate = 1e-3, SampleEvery = 250 };
}
