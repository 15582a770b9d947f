namespace FADA.Realtime.Streaming.Sessions;

/// <summary>A session's counters, as they are now.</summary>
public sealed record SessionStats
{
    /// <summary>Ticks sent to the sink.</summary>
    public required long Ticks { get; init; }

    /// <summary>Ticks left out because the clock had already passed them.</summary>
    public required long SkippedTicks { get; init; }

    /// <summary>Ticks in mid-turn for which no frame was ready.</summary>
    public required long StarvedTicks { get; init; }

    /// <summary>Frames of speech played, closing frames included.</summary>
    public required long SpokenFrames { get; init; }

    /// <summary>Ticks for which the sink threw.</summary>
    public required long SinkFailures { get; init; }

    public required long Windows { get; init; }

    /// <summary>Windows that were ready later than their first frame was due.</summary>
    public required long DeadlineMissed { get; init; }

    /// <summary>Speech accepted and not yet played.</summary>
    public required TimeSpan BufferedSpeech { get; init; }

    /// <summary>Rendered and not yet played.</summary>
    public required TimeSpan RenderedAhead { get; init; }

    /// <summary>Inference per frame, recent average, waiting for the device not included; zero before the first window.</summary>
    public required TimeSpan InferencePerFrame { get; init; }
}
