using System.Diagnostics.CodeAnalysis;
using FADA.Realtime.Streaming.Telemetry;

namespace FADA.Realtime.Streaming.Inference;

/// <summary>
/// The one thread that uses an inference device. Each session has a lane with at most one window waiting, so the queue
/// is bounded by the number of lanes; the window with the earliest deadline goes first. Dispose it after its sessions.
/// </summary>
public sealed class InferenceExecutor : IDisposable
{
    private static readonly TimeSpan JoinTimeout = TimeSpan.FromSeconds(10);

    private readonly object _gate = new();
    private readonly PriorityQueue<InferenceLane, (TimeSpan Due, long Order)> _waiting;
    private readonly Thread _thread;
    private readonly long _start;
    private long _order;
    private int _lanes;
    private bool _stopped;

    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public InferenceExecutor(InferenceOptions options, StreamingMetrics metrics, TimeProvider time)
    {
        if (options.MaxLanes is < 1 or > 4096)
            throw new ArgumentOutOfRangeException(nameof(options), $"MaxLanes is {options.MaxLanes}; it must be 1 to 4096.");
        Options = options;
        Metrics = metrics;
        Time = time;
        _start = time.GetTimestamp();
        _waiting = new(options.MaxLanes);
        _thread = new Thread(Run) { IsBackground = true, Name = $"inference {options.Device}" };
        // Unsafe: it lives longer than the request in which it happens to be made, and belongs to none.
        _thread.UnsafeStart();
    }

    public InferenceOptions Options { get; }

    /// <summary>Sessions that hold a lane now.</summary>
    public int OpenLanes => Volatile.Read(ref _lanes);

    internal TimeProvider Time { get; }

    internal StreamingMetrics Metrics { get; }

    /// <summary>Ends the thread after the window it is rendering; windows that wait are refused.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            if (_stopped)
                return;
            _stopped = true;
            Monitor.Pulse(_gate);
        }

        if (Thread.CurrentThread != _thread)
            _thread.Join(JoinTimeout);
    }

    /// <exception cref="InferenceBusyException">All lanes are taken.</exception>
    internal InferenceLane OpenLane()
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            if (_lanes == Options.MaxLanes)
                throw new InferenceBusyException(Options.Device, Options.MaxLanes);
            _lanes++;
        }

        return new InferenceLane(this);
    }

    internal void Close()
    {
        lock (_gate)
            _lanes--;
    }

    internal void Enqueue(InferenceLane lane, TimeSpan timeLeft)
    {
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_stopped, this);
            _waiting.Enqueue(lane, (Time.GetElapsedTime(_start) + timeLeft, _order++));
            Metrics.WindowWaits();
            Monitor.Pulse(_gate);
        }
    }

    private void Run()
    {
        while (TryTake(out var lane))
            lane.Run();

        lock (_gate)
        {
            while (TryDequeue(out var refused))
                refused.Refuse(new ObjectDisposedException(nameof(InferenceExecutor)));
        }
    }

    private bool TryTake([MaybeNullWhen(false)] out InferenceLane lane)
    {
        lock (_gate)
        {
            while (!_stopped)
            {
                if (TryDequeue(out lane))
                    return true;
                Monitor.Wait(_gate);
            }
        }

        lane = null;
        return false;
    }

    private bool TryDequeue([MaybeNullWhen(false)] out InferenceLane lane)
    {
        if (!_waiting.TryDequeue(out lane, out _))
            return false;
        Metrics.WindowTaken();
        return true;
    }
}
