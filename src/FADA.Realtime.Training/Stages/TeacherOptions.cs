using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Windows;

namespace FADA.Realtime.Training.Stages;

/// <summary>Configuration of <c>fada train teacher</c>.</summary>
public sealed record TeacherOptions : WindowOptions
{
    /// <summary>Loss weight of the mouth over the rest of the face.</summary>
    public double MouthWeight { get; init; } = 4;

    /// <summary>Share of samples at pure noise, where few-step sampling begins.</summary>
    public double TerminalShare { get; init; } = 0.3;
    public double AudioDrop { get; init; } = 0.1;

    /// <summary>Drops the audio as well: the run that sees neither.</summary>
    public double ReferenceDrop { get; init; } = 0.05;
    public DenoiserConfig Denoiser { get; init; } = new();
    public AdamWOptions Optimizer { get; init; } = new() { EmaDecay = 0.999 };
    public TrainingSchedule Schedule { get; init; } = new() { Steps = 8000, LearningRate = 6e-4, WarmUp = 200, SampleEvery = 500 };
}
