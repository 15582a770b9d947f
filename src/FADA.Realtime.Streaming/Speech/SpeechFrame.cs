namespace FADA.Realtime.Streaming.Speech;

/// <summary>640 samples that drive one picture. Pooled: their number is the session's speech buffer.</summary>
internal sealed class SpeechFrame
{
    public short[] Samples { get; } = new short[SpeechClock.SamplesPerFrame];

    /// <summary>How many of the samples are the turn's own; the rest is added silence.</summary>
    public int Count { get; set; }

    /// <summary>When the first audio of its turn arrived.</summary>
    public TimeSpan TurnStart { get; set; }
}
