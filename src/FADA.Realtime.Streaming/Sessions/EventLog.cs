using System.Threading.Channels;

namespace FADA.Realtime.Streaming.Sessions;

/// <summary>Numbers the events and keeps them for the reader. Its caller makes sure that one thread appends at a time.</summary>
internal sealed class EventLog(int capacity, SessionClock clock)
{
    private readonly Channel<SessionEvent> _events = Channel.CreateBounded<SessionEvent>(
        new BoundedChannelOptions(capacity) { FullMode = BoundedChannelFullMode.DropOldest });

    private long _seq;

    public ChannelReader<SessionEvent> Reader => _events.Reader;

    public void Started(int turn, TimeSpan latency) =>
        Append(new SpeechStarted(++_seq, turn, clock.Now, latency));

    public void Finished(int turn, long playedSamples, bool interrupted) =>
        Append(new SpeechFinished(++_seq, turn, clock.Now, ToMs(playedSamples), interrupted));

    public void Failed(int turn, Exception error) => Append(new SpeechFailed(++_seq, turn, clock.Now, error));

    public void Complete() => _events.Writer.TryComplete();

    public static long ToMs(long samples) => samples * 1000 / SpeechClock.SampleRate;

    private void Append(SessionEvent item) => _events.Writer.TryWrite(item);
}
