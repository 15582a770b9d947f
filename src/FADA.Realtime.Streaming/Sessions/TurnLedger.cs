using System.Diagnostics;
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
    private readonly Dictionary<int, TurnTrace> _traces = []; // empty while nobody listens
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
            _last++;
            if (TurnTrace.Begin(_last) is { } trace)
                _traces.Add(_last, trace);
            return _last;
        }
    }

    /// <summary>No more speech of a turn will come.</summary>
    public void Received(int turn)
    {
        lock (_gate)
            TraceOf(turn)?.Received();
    }

    /// <summary>What the spans of a turn's windows belong to; default where the turn is not traced.</summary>
    public ActivityContext ContextOf(int turn)
    {
        lock (_gate)
            return TraceOf(turn)?.Context ?? default;
    }

    /// <summary>The first frame of a turn is about to leave.</summary>
    public bool TryStart(int turn, int samples, TimeSpan latency)
    {
        lock (_gate)
        {
            if (!_head.TryClaim(turn, samples))
                return false;
            events.Started(turn, latency);
            TraceOf(turn)?.Started(latency);
            metrics.TalkingBegan();
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
            if (_head.Open)
                metrics.TalkingEnded();
            End(turn, _head.MoveTo(turn + 1).Samples, TurnOutcome.Finished);
            wake.Pulse();
        }
    }

    public InterruptResult Interrupt()
    {
        lock (_gate)
            return DropAll(TurnOutcome.Interrupted);
    }

    /// <summary>Rendering a turn failed: it and all that wait behind it are given up.</summary>
    public void Fail(int turn, Exception error)
    {
        lock (_gate)
        {
            events.Failed(turn, error);
            if (turn >= _head.Turn)
                DropAll(TurnOutcome.Failed);
        }
    }

    /// <summary>No turn begins after this.</summary>
    public void Close()
    {
        lock (_gate)
        {
            _closed = true;
            DropAll(TurnOutcome.Closed);
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

    private InterruptResult DropAll(TurnOutcome outcome)
    {
        var next = _last + 1;
        if (_head.Turn == next)
            return default;
        if (_head.Open)
            metrics.TalkingEnded();
        var (turn, samples) = _head.MoveTo(next);
        if (outcome == TurnOutcome.Interrupted)
            Volatile.Write(ref _interruptedAt, clock.Now.Ticks);
        End(turn, samples, outcome);
        for (var waiting = turn + 1; waiting < next; waiting++)
            End(waiting, 0, outcome);
        wake.Pulse();
        return new InterruptResult(turn, EventLog.ToMs(samples), next - turn);
    }

    private void End(int turn, long samples, TurnOutcome outcome)
    {
        events.Finished(turn, samples, interrupted: outcome != TurnOutcome.Finished);
        metrics.TurnEnded(outcome);
        if (_traces.Remove(turn, out var trace))
            trace.End(outcome, samples);
    }

    private TurnTrace? TraceOf(int turn) => _traces.GetValueOrDefault(turn);
}
