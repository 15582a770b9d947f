using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Windows;

namespace FADA.Realtime.Training.Distillation;

/// <summary>Configuration of <c>fada train distill|tokens|few-step</c>.</summary>
public sealed record DistillOptions : WindowOptions
{
    /// <summary>The model whose guided steps are to be taken in fewer; also where the student begins.</summary>
    public string Teacher { get; init; } = ".runs/teacher/teacher.safetensors";

    /// <summary>Weights the student begins with; empty for the teacher's.</summary>
    public string Start { get; init; } = "";
    public int TeacherSteps { get; init; } = 24;

    /// <summary>Steps of the student; a divisor of the teacher's.</summary>
    public int Steps { get; init; } = 6;

    /// <summary>How the student is told the scales; none: it keeps a run per condition.</summary>
    public GuidanceControl Guidance { get; init; }

    /// <summary>Scales are drawn from 1 to these, low ones more often.</summary>
    public double MaxReferenceScale { get; init; } = 3;
    public double MaxAudioScale { get; init; } = 6;

    /// <summary>Share of samples at scales of 1, where the truth is the target beside the teacher.</summary>
    public double PlainShare { get; init; } = 0.35;

    /// <summary>Share of windows that go on from what the student itself made of the frames before.</summary>
    public double OwnMotion { get; init; }

    /// <summary>Loss weight of the mouth over the rest of the face.</summary>
    public double MouthWeight { get; init; } = 4;
    public DistillLosses Losses { get; init; } = new();
    public AdamWOptions Optimizer { get; init; } = new() { EmaDecay = 0.995 };
    public TrainingSchedule Schedule { get; init; } = new() { Steps = 1000, LearningRate = 3e-4, WarmUp = 50, SampleEvery = 250 };
}
