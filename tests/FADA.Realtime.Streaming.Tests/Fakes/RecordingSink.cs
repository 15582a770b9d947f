namespace FADA.Realtime.Streaming.Tests.Fakes;

/// <summary>Keeps what each tick showed and sounded.</summary>
internal sealed class RecordingSink(TimeProvider time) : ISessionSink
{
    private readonly long _start = time.GetTimestamp();
    private readonly List<PlayedTick> _ticks = [];

    public Action? OnTick { get; set; }

    public IReadOnlyList<PlayedTick> Ticks
    {
        get
        {
            lock (_ticks)
                return [.. _ticks];
        }
    }

    public PlayedTick Last
    {
        get
        {
            lock (_ticks)
                return _ticks[^1];
        }
    }

    /// <summary>Sound of the ticks that had any.</summary>
    public int[] Spoken => [.. Ticks.Where(tick => tick.Sound != 0).Select(tick => (int)tick.Sound)];

    public void Tick(VideoFrame frame, ReadOnlySpan<short> speech, TimeSpan at)
    {
        Assert.Equal(SpeechClock.SamplesPerFrame, speech.Length);
        lock (_ticks)
        {
            _ticks.Add(new PlayedTick(
                FakeAnimator.Read(frame), speech[0], speech[^1], FakeAnimator.Luma(frame), at, time.GetElapsedTime(_start)));
        }

        OnTick?.Invoke();
    }
}
