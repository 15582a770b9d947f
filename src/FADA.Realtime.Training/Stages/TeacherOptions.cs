using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;

namespace FADA.Realtime.Training.Stages;

/// <summary>Configuration of <c>fada train teacher</c>.</summary>
public sealed record TeacherOptions
{
    public string Clips { get; init; } = ".data/av";
    public string Latents { get; init; } = ".data/latents";

    /// <summary>Weights of the autoencoder and audio stages.</summary>
    public string Vae { get; init; } = ".runs/vae/vae.safetensors";
    public string Audio { get; init; } = ".runs/audio/audio.safetensors";

    /// <summary>Looks of each clip in the latent cache, but for the main speaker: as filmed, and augmented ones.</summary>
    public int Looks { get; init; } = 8;

    /// <summary>Frames in a batch; windows of 2, 4 and 8 share it.</summary>
    public int Frames { get; init; } = 32;
    public double MainShare { get; init; } = 0.45;

    /// <summary>Loss weight of the mouth over the rest of the face.</summary>
    public double MouthWeight { get; init; } = 4;

    /// <summary>Share of samples at pure noise, where few-step sampling begins.</summary>
    public double TerminalShare { get; init; } = 0.3;
    public double AudioDrop { get; init; } = 0.1;

    /// <summary>Drops the audio as well: the run that sees neither.</summary>
    public double ReferenceDrop { get; init; } = 0.05;
    public double MotionDrop { get; init; } = 0.15;

    /// <summary>Share of windows whose motion frames are the reference itself, as at the start of a turn.</summary>
    public double MotionAsReference { get; init; } = 0.15;

    /// <summary>Noise on the motion frames' latents, against drift.</summary>
    public double MotionNoise { get; init; } = 0.25;

    /// <summary>Share of samples told the lip code of the video instead of the one predicted from the audio.</summary>
    public double TrueLipCode { get; init; } = 0.5;
    public DenoiserConfig Denoiser { get; init; } = new();
    public AdamWOptions Optimizer { get; init; } = new() { EmaDecay = 0.999 };
    public TrainingSchedule Schedule { get; init; } = new() { Steps = 8000, LearningRate = 6e-4, WarmUp = 200, SampleEvery = 500 };
}
