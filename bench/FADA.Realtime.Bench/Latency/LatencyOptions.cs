namespace FADA.Realtime.Bench.Latency;

/// <summary>What <see cref="LatencyBench"/> measures.</summary>
public sealed record LatencyOptions
{
    /// <summary>Of each kind: joins, turns, utterances into the microphone.</summary>
    public int Runs { get; init; } = 50;

    /// <summary>Page address of a running server with stamped pictures; null: one of the bench's own.</summary>
    public Uri? Url { get; init; }

    /// <summary>Its gRPC address; null: the next port.</summary>
    public Uri? Grpc { get; init; }

    /// <summary>Null: the default one.</summary>
    public string? Avatar { get; init; }
}
