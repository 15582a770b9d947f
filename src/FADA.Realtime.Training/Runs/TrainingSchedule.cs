namespace FADA.Realtime.Training.Runs;

/// <summary>How long a stage runs and how its learning rate moves.</summary>
public sealed record TrainingSchedule
{
    public int Steps { get; init; } = 1000;
    public double LearningRate { get; init; } = 3e-4;
    public int WarmUp { get; init; } = 100;

    /// <summary>The cosine ends at this share of the peak rate.</summary>
    public double FinalShare { get; init; } = 0.05;
    public int Seed { get; init; } = 1;
    public double CheckpointMinutes { get; init; } = 10;
    public int SampleEvery { get; init; } = 500;

    /// <summary>Linear warm-up, then half a cosine.</summary>
    public double RateAt(long step)
    {
        if (step < WarmUp)
            return LearningRate * (step + 1) / WarmUp;
        var progress = Math.Clamp((step - WarmUp) / (double)Math.Max(1, Steps - WarmUp), 0, 1);
        return LearningRate * (FinalShare + (1 - FinalShare) * 0.5 * (1 + Math.Cos(Math.PI * progress)));
    }
}
