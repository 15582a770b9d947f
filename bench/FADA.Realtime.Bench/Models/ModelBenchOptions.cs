namespace FADA.Realtime.Bench.Models;

/// <summary>What <see cref="ModelBench"/> measures.</summary>
public sealed record ModelBenchOptions
{
    /// <summary>The checkpoint.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Denoising steps; null: what the checkpoint is made for.</summary>
    public int? Steps { get; init; }

    /// <summary>Windows of each size.</summary>
    public int Runs { get; init; } = 50;
}
