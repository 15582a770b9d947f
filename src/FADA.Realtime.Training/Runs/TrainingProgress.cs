namespace FADA.Realtime.Training.Runs;

/// <summary>Where a training stands.</summary>
public sealed record TrainingProgress(long Step, long Steps, double SecondsPerStep, IReadOnlyDictionary<string, float> Losses);
