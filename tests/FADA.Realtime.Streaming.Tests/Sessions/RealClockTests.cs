using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Telemetry;
using FADA.Realtime.Streaming.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class RealClockTests
{
    [Fact]
    public async Task RealClock_DeviceAtHalfLoad_SpeaksToTheEndAtTheRightRate()
    {
        using var metrics = new StreamingMetrics();
        using var executor = new InferenceExecutor(new InferenceOptions(), metrics, TimeProvider.System);
        var animator = new FakeAnimator { During = call => Thread.Sleep(20 * call.Frames.Length) };
        var sink = new RecordingSink(TimeProvider.System);
        await using var session = AvatarSession.Start(
            animator, sink, executor, SessionHarness.NoFade, metrics, TimeProvider.System, NullLogger<AvatarSession>.Instance);
        await Task.Delay(200);

        await session.WriteAsync(SpeechPattern.Frames(75));
        session.EndTurn();
        SpeechStarted? started = null;
        SpeechFinished? finished = null;
        while (finished is null)
        {
            var item = await session.Events.ReadAsync().AsTask().WaitAsync(SessionHarness.Patience);
            started ??= item as SpeechStarted;
            finished = item as SpeechFinished;
        }

        Assert.Equal((3000, false), (finished.PlayedMs, finished.Interrupted));
        Assert.Equal(Enumerable.Range(1, 75), sink.Spoken);
        // On a busy machine the turn may starve: then sound and picture wait together, in silence.
        var turn = sink.Ticks.SkipWhile(tick => tick.Sound == 0).Reverse().SkipWhile(tick => tick.Sound == 0).Reverse().ToList();
        Assert.All(turn.Where(tick => tick.Sound != 0), tick => Assert.Equal(tick.Sound, tick.Picture));
        Assert.InRange(turn.Count - 75, 0, session.Stats.StarvedTicks);
        // Not before the first window can be ready, and never ahead of the clock.
        Assert.InRange(started!.Latency.TotalMilliseconds, 40, SessionHarness.Patience.TotalMilliseconds);
        var lateness = sink.Ticks.Select(tick => (tick.At - tick.Time).TotalMilliseconds).ToList();
        Assert.All(lateness, late => Assert.True(late >= 39.9, $"A tick came {40 - late} ms early."));
    }
}
