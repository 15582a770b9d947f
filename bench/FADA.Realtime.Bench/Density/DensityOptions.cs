namespace FADA.Realtime.Bench.Density;

/// <summary>What <see cref="DensityBench"/> measures.</summary>
public sealed record DensityOptions
{
    /// <summary>How long each number of sessions must hold.</summary>
    public int Seconds { get; init; } = 10;

    /// <summary>Sessions beyond which nobody looks; the server takes 64 at most.</summary>
    public int Most { get; init; } = 64;
}
