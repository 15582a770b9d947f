using System.Diagnostics.Metrics;

namespace FADA.Realtime.Streaming.Telemetry;

/// <summary>The instruments of the streaming engine, shared by all sessions of a server. Durations are in seconds.</summary>
public sealed class StreamingMetrics : IDisposable
{
    public const string MeterName = "FADA.Realtime";

    private readonly Meter _meter;
    private readonly UpDownCounter<long> _active;
    private readonly Histogram<double> _firstFrame;
    private readonly Histogram<double> _interrupt;
    private readonly Histogram<double> _inference;
    private readonly Counter<long> _missed;

    /// <param name="factory">The host's meter factory; null makes a meter of its own.</param>
    public StreamingMetrics(IMeterFactory? factory = null)
    {
        _meter = factory?.Create(MeterName) ?? new Meter(MeterName);
        _active = _meter.CreateUpDownCounter<long>("avatar.session.active", "{session}", "Sessions that are open.");
        _firstFrame = _meter.CreateHistogram<double>(
            "avatar.speech.first_frame.duration", "s", "First audio of a turn to its first frame played.");
        _interrupt = _meter.CreateHistogram<double>(
            "avatar.interrupt.duration", "s", "Interrupt to the first tick without speech.");
        _inference = _meter.CreateHistogram<double>(
            "avatar.window.inference.duration", "s", "Rendering one window, waiting for the device not included.");
        _missed = _meter.CreateCounter<long>(
            "avatar.window.deadline_missed", "{window}", "Windows ready later than their first frame was due.");
    }

    /// <summary>For tests: whether the instrument is one of these and not another server's in the same process.</summary>
    internal bool Owns(Instrument instrument) => ReferenceEquals(instrument.Meter, _meter);

    internal void SessionOpened() => _active.Add(1);

    internal void SessionClosed() => _active.Add(-1);

    internal void FirstFrame(TimeSpan latency) => _firstFrame.Record(latency.TotalSeconds);

    internal void Interrupted(TimeSpan duration) => _interrupt.Record(duration.TotalSeconds);

    internal void WindowRendered(TimeSpan duration, int frames) =>
        _inference.Record(duration.TotalSeconds, new KeyValuePair<string, object?>("avatar.window.frames", frames));

    internal void DeadlineMissed() => _missed.Add(1);

    public void Dispose() => _meter.Dispose();
}
