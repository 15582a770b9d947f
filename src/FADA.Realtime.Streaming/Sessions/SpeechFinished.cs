namespace FADA.Realtime.Streaming.Sessions;

/// <summary>A turn is over. Told exactly once for every turn, also for one that was interrupted before it started.</summary>
/// <param name="PlayedMs">Milliseconds of the turn's own speech that were played (added silence is not counted).</param>
/// <param name="Interrupted">Whether it ended by <see cref="AvatarSession.Interrupt"/>, an error or the session's end.</param>
public sealed record SpeechFinished(long Seq, int Turn, TimeSpan Time, long PlayedMs, bool Interrupted)
    : SessionEvent(Seq, Turn, Time);
