namespace FADA.Realtime.Media.WebRtc;

/// <summary>Counts frames as they arrive, and remembers the longest pause between two of them. Safe for many threads.</summary>
public sealed class FrameCount(TimeProvider time)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _first = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _count;
    private long _last;
    private TimeSpan _longest;

    /// <summary>Completes with the first frame.</summary>
    public Task First => _first.Task;

    /// <summary>Frames since the last call and the longest pause between them; the counting begins anew.</summary>
    public (long Frames, TimeSpan LongestGap) Take()
    {
        lock (_gate)
        {
            var taken = (_count, _longest);
            (_count, _longest) = (0, TimeSpan.Zero);
            return taken;
        }
    }

    internal void Add()
    {
        lock (_gate)
        {
            var now = time.GetTimestamp();
            if (_last != 0 && time.GetElapsedTime(_last, now) is var gap && gap > _longest)
                _longest = gap;
            _last = now;
            _count++;
        }

        _first.TrySetResult();
    }
}
