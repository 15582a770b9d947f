namespace FADA.Realtime.Streaming.Sessions;

/// <summary>The first frame of a turn was played.</summary>
/// <param name="Latency">From the turn's first audio to this frame.</param>
public sealed record SpeechStarted(long Seq, int Turn, TimeSpan Time, TimeSpan Latency) : SessionEvent(Seq, Turn, Time);
