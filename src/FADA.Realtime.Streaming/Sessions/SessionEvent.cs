namespace FADA.Realtime.Streaming.Sessions;

/// <summary>Something a session's owner should know.</summary>
/// <param name="Seq">Counts events of the session from 1; a gap tells that events were dropped.</param>
/// <param name="Turn">The turn it belongs to, from 1.</param>
/// <param name="Time">Since the session began.</param>
public abstract record SessionEvent(long Seq, int Turn, TimeSpan Time);
