namespace FADA.Realtime.Bench.Models;

/// <summary>What <see cref="ModelBench"/> measures.</summary>
public sealed record ModelBenchOptions
{
    /// <summary>The checkpoint.</summary>
    public required string Checkpoint { get; init; }

    /// <summary>Denoising steps; null: what the checkpoint is made for.</summary>
    public int? Steps { get; init; }

    /// <summary>Where it runs: auto, cpu, cuda or cuda:N.</summary>
    public string Device { get; init; } = "cpu";

    /// <summary>Whether a CUDA device captures windows as graphs.</summary>
    public bool Graph { get; init; } = true;

    /// <summary>Told why something is not as asked for.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Windows of each size.</summary>
    public int Runs { get; init; } = 50;
}
