using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Telemetry;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FADA.Realtime.Streaming.Tests.Fakes;

/// <summary>A session on a clock that the test moves; between the ticks the pipeline does all it can.</summary>
internal sealed class SessionHarness : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly bool _ownsExecutor;

    /// <summary>Pictures keep their values only when nothing is faded, so that is the default.</summary>
    public static readonly SessionOptions NoFade = new() { FadeFrames = 0 };

    public SessionHarness(
        SessionOptions? options = null,
        FakeAnimator? animator = null,
        FakeTimeProvider? time = null,
        InferenceExecutor? executor = null,
        ISessionSink? sink = null)
    {
        Time = time ?? new FakeTimeProvider();
        Animator = animator ?? new FakeAnimator();
        Sink = new RecordingSink(Time);
        _ownsExecutor = executor is null;
        Executor = executor ?? new InferenceExecutor(new InferenceOptions(), Metrics, Time);
        Session = AvatarSession.Start(
            Animator, sink ?? Sink, Executor, options ?? NoFade, Metrics, Time, NullLogger<AvatarSession>.Instance);
    }

    public FakeTimeProvider Time { get; }
    public FakeAnimator Animator { get; }
    public RecordingSink Sink { get; }
    public StreamingMetrics Metrics { get; } = new();
    public InferenceExecutor Executor { get; }
    public AvatarSession Session { get; }

    /// <summary>Moves the clock by whole ticks.</summary>
    public async Task TickAsync(int ticks = 1)
    {
        for (var i = 0; i < ticks; i++)
        {
            await SettleAsync();
            Time.Advance(SpeechClock.FrameDuration);
        }

        await SettleAsync();
    }

    /// <summary>Ticks until something is so.</summary>
    public async Task TickUntilAsync(Func<bool> done, int most = 2000)
    {
        for (var i = 0; !done(); i++)
        {
            Assert.True(i < most, $"Not so after {most} ticks.");
            await TickAsync();
        }
    }

    /// <summary>
    /// Waits until the pipeline has done all it can without the clock. Advance only then: whoever reads the fake clock
    /// meanwhile takes its timers over, and the tick comes late and on another thread.
    /// </summary>
    public Task SettleAsync() => UntilAsync(() => Session.Settled || Animator.Blocked);

    public static async Task UntilAsync(Func<bool> done)
    {
        var started = TimeProvider.System.GetTimestamp();
        for (var i = 0; !done(); i++)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < Patience, "Waited too long.");
            if (i < 50)
                await Task.Yield();
            else
                await Task.Delay(1);
        }
    }

    public async Task SayAsync(short[] samples) => await Session.WriteAsync(samples).AsTask().WaitAsync(Patience);

    public List<SessionEvent> DrainEvents()
    {
        var events = new List<SessionEvent>();
        while (Session.Events.TryRead(out var item))
            events.Add(item);
        return events;
    }

    public async ValueTask DisposeAsync()
    {
        await Session.DisposeAsync().AsTask().WaitAsync(Patience);
        if (_ownsExecutor)
            Executor.Dispose();
        Metrics.Dispose();
    }
}
