namespace FADA.Realtime.Streaming.Telemetry;

/// <summary>How a turn ended.</summary>
internal enum TurnOutcome
{
    /// <summary>Spoken to its end.</summary>
    Finished,

    /// <summary>By somebody who spoke over it.</summary>
    Interrupted,

    /// <summary>It, or one before it, could not be rendered.</summary>
    Failed,

    /// <summary>With its session.</summary>
    Closed,
}
