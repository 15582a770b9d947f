using FADA.Realtime.V1;

namespace FADA.Realtime.Client;

/// <summary>What a session tells while it lives.</summary>
/// <param name="Sequence">Counts this conversation's events from 1; a gap means that events were dropped.</param>
/// <param name="Turn">Of the speech it is about.</param>
/// <param name="Time">Media time since the session began.</param>
public abstract record ConversationEvent(ulong Sequence, ulong Turn, TimeSpan Time)
{
    /// <summary>The face is on screen and can be spoken through.</summary>
    public sealed record Ready(ulong Sequence, ulong Turn, TimeSpan Time) : ConversationEvent(Sequence, Turn, Time);

    /// <param name="Latency">From the turn's first audio received to its first frame played out.</param>
    public sealed record SpeechStarted(ulong Sequence, ulong Turn, TimeSpan Time, TimeSpan Latency) : ConversationEvent(Sequence, Turn, Time);

    /// <param name="Played">How much speech was played out.</param>
    /// <param name="Interrupted">The turn was cut short.</param>
    public sealed record SpeechFinished(ulong Sequence, ulong Turn, TimeSpan Time, TimeSpan Played, bool Interrupted)
        : ConversationEvent(Sequence, Turn, Time);

    public sealed record ViewerJoined(ulong Sequence, ulong Turn, TimeSpan Time, int Viewers) : ConversationEvent(Sequence, Turn, Time);

    public sealed record ViewerLeft(ulong Sequence, ulong Turn, TimeSpan Time, int Viewers) : ConversationEvent(Sequence, Turn, Time);

    /// <summary>Audio chunks are missing.</summary>
    public sealed record SequenceGap(ulong Sequence, ulong Turn, TimeSpan Time, ulong Expected, ulong Received)
        : ConversationEvent(Sequence, Turn, Time);

    /// <summary>Something failed; the conversation goes on.</summary>
    public sealed record Failed(ulong Sequence, ulong Turn, TimeSpan Time, string Message) : ConversationEvent(Sequence, Turn, Time);

    /// <returns>Null for an event that this version does not know.</returns>
    internal static ConversationEvent? From(ConverseEvent e)
    {
        var time = e.Time?.ToTimeSpan() ?? TimeSpan.Zero;
        return e.EventCase switch
        {
            ConverseEvent.EventOneofCase.Ready => new Ready(e.Seq, e.Turn, time),
            ConverseEvent.EventOneofCase.SpeechStarted => new SpeechStarted(e.Seq, e.Turn, time, e.SpeechStarted.Latency.ToTimeSpan()),
            ConverseEvent.EventOneofCase.SpeechFinished => new SpeechFinished(
                e.Seq, e.Turn, time, TimeSpan.FromMilliseconds(e.SpeechFinished.PlayedMs), e.SpeechFinished.Interrupted),
            ConverseEvent.EventOneofCase.ViewerJoined => new ViewerJoined(e.Seq, e.Turn, time, e.ViewerJoined.Viewers),
            ConverseEvent.EventOneofCase.ViewerLeft => new ViewerLeft(e.Seq, e.Turn, time, e.ViewerLeft.Viewers),
            ConverseEvent.EventOneofCase.SequenceGap => new SequenceGap(e.Seq, e.Turn, time, e.SequenceGap.Expected, e.SequenceGap.Received),
            ConverseEvent.EventOneofCase.Error => new Failed(e.Seq, e.Turn, time, e.Error.Message),
            _ => null,
        };
    }
}
