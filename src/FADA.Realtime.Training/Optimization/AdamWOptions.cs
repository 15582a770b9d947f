namespace FADA.Realtime.Training.Optimization;

/// <summary>Constants of the optimizer.</summary>
public sealed record AdamWOptions
{
    public double Beta1 { get; init; } = 0.9;
    public double Beta2 { get; init; } = 0.98;
    public double WeightDecay { get; init; } = 0.01;

    /// <summary>Gradients are scaled down to this global norm.</summary>
    public double MaxNorm { get; init; } = 1.0;

    /// <summary>Decay of the weight average; warmed up as (1 + step) / (10 + step).</summary>
    public double EmaDecay { get; init; } = 0.998;
}
