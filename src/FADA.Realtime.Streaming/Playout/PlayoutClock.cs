using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Telemetry;

namespace FADA.Realtime.Streaming.Playout;

/// <summary>
/// Calls once every 40 ms. The deadlines are multiples of the period since the start, so lateness never adds up; ticks
/// that the clock has already passed are left out instead of being caught up in a burst.
/// </summary>
internal sealed class PlayoutClock : IAsyncDisposable
{
    private static readonly long Period = SpeechClock.FrameDuration.Ticks;

    private readonly SessionClock _clock;
    private readonly Action<TimeSpan> _tick;
    private readonly StreamingMetrics _metrics;
    private readonly ITimer _timer;
    private long _next; // index of the next tick; tick n is due at (n + 1) periods and shows media time n periods
    private long _skipped;

    public PlayoutClock(SessionClock clock, Action<TimeSpan> tick, StreamingMetrics metrics)
    {
        _clock = clock;
        _tick = tick;
        _metrics = metrics;
        _timer = clock.Provider.CreateTimer(
            static self => ((PlayoutClock)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public long Skipped => Volatile.Read(ref _skipped);

    public void Start() => Arm();

    /// <summary>When a frame will leave, with so many before it.</summary>
    public TimeSpan DueAt(int framesAhead) => new((Volatile.Read(ref _next) + 1 + framesAhead) * Period);

    public ValueTask DisposeAsync() => _timer.DisposeAsync();

    // One shot at a time: the timer is armed again only after the tick, so ticks never overlap.
    private void OnTimer()
    {
        var due = (_clock.Now.Ticks / Period) - 1;
        if (due >= _next)
        {
            if (due > _next)
            {
                _skipped += due - _next;
                _metrics.TicksSkipped(due - _next);
            }

            Volatile.Write(ref _next, due + 1);
            _tick(new TimeSpan(due * Period));
        }

        Arm();
    }

    private void Arm()
    {
        var left = DueAt(0) - _clock.Now;
        // Timers count whole milliseconds: rounding up avoids a first shot that comes too early.
        var wait = TimeSpan.FromMilliseconds(Math.Max(0, Math.Ceiling(left.TotalMilliseconds)));
        try
        {
            _timer.Change(wait, Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The session ended during the tick.
        }
    }
}
