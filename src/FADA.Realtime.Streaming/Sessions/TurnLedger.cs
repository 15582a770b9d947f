using FADA.Realtime.Streaming.Telemetry;

namespace FADA.Realtime.Streaming.Sessions;

/// <summary>
/// Begins and ends turns, and tells of it exactly once. Turns are numbered from 1 and end in order. The lock is taken
/// when a turn changes; frames within a turn are claimed without it.
/// </summary>
internal sealed class TurnLedger(EventLog events, SessionClock clock, WakeSignal wake, StreamingMetrics metrics)
{
    private const long None = -1;

    private readonly Lock _gate = new();
    private readonly PlayHead _head = new();
    private int _last;
    private bool _closed;
    private long _interruptedAt = None;

    /// <summary>The oldest turn that is not over: items of an older one are dropped wherever they are.</summary>
    public int Current => _head.Turn;

    public bool Speaking => _head.Open;

    /// <summary>A new turn, for its first audio.</summary>
    public int Open()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_closed, typeof(AvatarSession));
            return ++_last;
        }
    }

    /// <summary>The first frame of a turn is about to leave.</summary>
    public bool TryStart(int turn, int samples, TimeSpan latency)
    {
        lock (_gate)
        {
            if (!_head.TryClaim(turn, samples))
                return false;
            events.Started(turn, latency);
        }

        metrics.FirstFrame(latency);
        return true;
    }

    /// <summary>Another frame of the turn is about to leave; false when the turn is over.</summary>
    public bool TryClaim(int turn, int samples) => _head.TryClaim(turn, samples);

    /// <summary>The last frame of a turn has left.</summary>
    public void Finish(int turn)
    {
        lock (_gate)
        {
            if (_head.Turn != turn)
                return;
            events.Finished(turn, _head.MoveTo(turn + 1).Samples, interrupted: false);
            wake.Pulse();
        }
    }

    public InterruptResult Interrupt()
    {
        lock (_gate)
            return DropAll();
    }

    /// <summary>Rendering a turn failed: it and all that wait behind it are given up.</summary>
    public void Fail(int turn, Exception error)
    {
        lock (_gate)
        {
            events.Failed(turn, error);
            if (turn >= _head.Turn)
                DropAll();
        }
    }

    /// <summary>No turn begins after this.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            DropAll();
            events.Complete();
        }
    }

    /// <summary>When an interrupt stopped something since the last call.</summary>
    public bool TryTakeInterrupt(out TimeSpan at)
    {
        at = default;
        if (Volatile.Read(ref _interruptedAt) == None)
            return false;
        at = new TimeSpan(Interlocked.Exchange(ref _interruptedAt, None));
        return true;
    }

    private InterruptResult DropAll()
    {
        var next = _last + 1;
        if (_head.Turn == next)
            return default;
        var (turn, samples) = _head.MoveTo(next);
        Volatile.Write(ref _interruptedAt, clock.Now.Ticks);
        events.Finished(turn, samples, interrupted: true);
        for (var waiting = turn + 1; waiting < next; waiting++)
            events.Finished(waiting, 0, interrupted: true);
        wake.Pulse();
        return new InterruptResult(turn, EventLog.ToMs(samples), next - turn);
    }
}
