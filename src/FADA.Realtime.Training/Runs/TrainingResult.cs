namespace FADA.Realtime.Training.Runs;

/// <summary>What a training run ended with.</summary>
public sealed record TrainingResult(string Stage, long Steps, double Seconds, string Weights);
