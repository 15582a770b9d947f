using System.Diagnostics.Metrics;

namespace FADA.Realtime.Streaming.Telemetry;

/// <summary>
/// The instruments of the streaming engine, shared by all sessions of a server. Durations are in seconds. Nothing is
/// recorded for an ordinary frame, and no instrument allocates on the way of one.
/// </summary>
public sealed class StreamingMetrics : IDisposable
{
    public const string MeterName = "FADA.Realtime";

    // Where the targets are, so that a quantile read off the buckets tells whether one was met.
    private static readonly InstrumentAdvice<double> FirstFrameSeconds = Buckets(0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5, 0.75, 1, 1.5, 2, 3, 5);
    private static readonly InstrumentAdvice<double> InterruptSeconds = Buckets(0.005, 0.01, 0.02, 0.03, 0.04, 0.06, 0.08, 0.12, 0.2, 0.5, 1);
    private static readonly InstrumentAdvice<double> WindowSeconds = Buckets(0.005, 0.01, 0.02, 0.04, 0.06, 0.08, 0.12, 0.16, 0.24, 0.32, 0.5, 1, 2);

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _active;
    private readonly UpDownCounter<long> _talking;
    private readonly Counter<long> _turns;
    private readonly Histogram<double> _firstFrame;
    private readonly Histogram<double> _interrupt;
    private readonly Histogram<double> _inference;
    private readonly Histogram<double> _wait;
    private readonly UpDownCounter<long> _waiting;
    private readonly Counter<long> _missed;
    private readonly Counter<long> _starved;
    private readonly Counter<long> _skipped;
    private readonly Counter<long> _droppedFrames;
    private readonly Counter<long> _droppedSpeech;

    /// <param name="factory">The host's meter factory; null makes a meter of its own.</param>
    public StreamingMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _active = _meter.CreateUpDownCounter<long>("avatar.session.active", "{session}", "Sessions that are open.");
        _talking = _meter.CreateUpDownCounter<long>("avatar.session.talking", "{session}", "Sessions in which a turn is being played; the other open ones idle.");
        _turns = _meter.CreateCounter<long>("avatar.turn.ended", "{turn}", "Turns that are over, by avatar.turn.outcome: finished, interrupted, failed, closed.");
        _firstFrame = _meter.CreateHistogram(
            "avatar.speech.first_frame.duration", "s", "First audio of a turn to its first frame played.", advice: FirstFrameSeconds);
        _interrupt = _meter.CreateHistogram(
            "avatar.interrupt.duration", "s", "Interrupt to the first tick without speech.", advice: InterruptSeconds);
        _inference = _meter.CreateHistogram(
            "avatar.window.inference.duration", "s", "Rendering one window, waiting for the device not included.", advice: WindowSeconds);
        _wait = _meter.CreateHistogram(
            "avatar.window.wait.duration", "s", "A window's wait for the device.", advice: WindowSeconds);
        _waiting = _meter.CreateUpDownCounter<long>("avatar.window.waiting", "{window}", "Windows that wait for the device.");
        _missed = _meter.CreateCounter<long>(
            "avatar.window.deadline_missed", "{window}", "Windows ready later than their first frame was due.");
        _starved = _meter.CreateCounter<long>("avatar.tick.starved", "{tick}", "Ticks in mid-turn, 40 ms each, for which no frame was ready.");
        _skipped = _meter.CreateCounter<long>("avatar.tick.skipped", "{tick}", "Ticks, 40 ms each, left out because the clock had passed them.");
        _droppedFrames = _meter.CreateCounter<long>("avatar.frame.dropped", "{frame}", "Frames that waited for their tick when their turn was cut.");
        _droppedSpeech = _meter.CreateCounter<long>("avatar.speech.dropped", "{frame}", "Speech, 40 ms each, that waited to be rendered when its turn was cut.");
        Zero();
    }

    /// <summary>For tests: whether the instrument is one of these and not another server's in the same process.</summary>
    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    /// <summary>As instruments and spans write it.</summary>
    internal static string Name(TurnOutcome outcome) => outcome switch
    {
        TurnOutcome.Finished => "finished",
        TurnOutcome.Interrupted => "interrupted",
        TurnOutcome.Failed => "failed",
        _ => "closed",
    };

    internal void SessionOpened() => _active.Add(1);

    internal void SessionClosed() => _active.Add(-1);

    internal void TalkingBegan() => _talking.Add(1);

    internal void TalkingEnded() => _talking.Add(-1);

    internal void TurnEnded(TurnOutcome outcome) =>
        _turns.Add(1, new KeyValuePair<string, object?>("avatar.turn.outcome", Name(outcome)));

    internal void FirstFrame(TimeSpan latency) => _firstFrame.Record(latency.TotalSeconds);

    internal void Interrupted(TimeSpan duration) => _interrupt.Record(duration.TotalSeconds);

    internal void WindowWaits() => _waiting.Add(1);

    internal void WindowTaken() => _waiting.Add(-1);

    internal void WindowRendered(TimeSpan wait, TimeSpan run, int frames)
    {
        _wait.Record(wait.TotalSeconds);
        _inference.Record(run.TotalSeconds, new KeyValuePair<string, object?>("avatar.window.frames", frames));
    }

    internal void DeadlineMissed() => _missed.Add(1);

    internal void TickStarved() => _starved.Add(1);

    internal void TicksSkipped(long ticks) => _skipped.Add(ticks);

    internal void FrameDropped() => _droppedFrames.Add(1);

    internal void SpeechDropped(int frames) => _droppedSpeech.Add(frames);

    public void Dispose() => _meter.Dispose();

    // A counter that is first seen at 1 has no rate, and one that is never seen looks like a mistake.
    private void Zero()
    {
        foreach (var outcome in Enum.GetValues<TurnOutcome>())
            _turns.Add(0, new KeyValuePair<string, object?>("avatar.turn.outcome", Name(outcome)));
        foreach (var counter in (Counter<long>[])[_missed, _starved, _skipped, _droppedFrames, _droppedSpeech])
            counter.Add(0);
        foreach (var level in (UpDownCounter<long>[])[_active, _talking, _waiting])
            level.Add(0);
    }

    private static InstrumentAdvice<double> Buckets(params double[] seconds) => new() { HistogramBucketBoundaries = seconds };
}
