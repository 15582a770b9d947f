namespace FADA.Realtime.Streaming.Sessions;

/// <summary>
/// Rendering failed. The turns in progress are given up (each is told as finished, interrupted), the avatar idles, and
/// the next turn is tried anew.
/// </summary>
public sealed record SpeechFailed(long Seq, int Turn, TimeSpan Time, Exception Error) : SessionEvent(Seq, Turn, Time);
