using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Playout;

public class ClockTests
{
    [Fact]
    public async Task OneHourOfSpeech_UnevenTimer_NoDriftAndNothingLost()
    {
        await using var harness = new SessionHarness();
        const int frames = 25 * 3600;
        var random = new Random(1);
        var written = 0;
        var spoken = 0;
        var wrong = 0;
        harness.Sink.OnTick = () =>
        {
            var tick = harness.Sink.Last;
            wrong += tick.Picture != tick.Sound ? 1 : 0;
            if (tick.Sound == 0)
                return;
            wrong += tick.Sound != SpeechPattern.Value(spoken) ? 1 : 0;
            spoken++;
        };

        while (spoken < frames)
        {
            if (written < frames && harness.Session.Stats.BufferedSpeech < TimeSpan.FromSeconds(5))
            {
                var count = Math.Min(50, frames - written);
                await harness.SayAsync(SpeechPattern.Frames(written, count));
                written += count;
                if (written == frames)
                    harness.Session.EndTurn();
            }

            await harness.SettleAsync();
            harness.Time.Advance(TimeSpan.FromMilliseconds(random.Next(1, 40)));
        }

        var ticks = harness.Sink.Ticks;
        Assert.Equal(0, wrong);
        Assert.Equal(0, harness.Session.Stats.StarvedTicks);
        Assert.Equal(0, harness.Session.Stats.SkippedTicks);
        Assert.Equal(ticks.Select((_, i) => i * SpeechClock.FrameDuration), ticks.Select(tick => tick.Time));
        // Every tick left within a timer step of its deadline, also the last one.
        Assert.All(ticks, tick => Assert.InRange((tick.At - tick.Time).TotalMilliseconds, 40, 80));
    }

    [Fact]
    public async Task LateTimer_SkipsForwardInsteadOfABurst_SpeechIsNotLost()
    {
        await using var harness = new SessionHarness();
        await harness.SayAsync(SpeechPattern.Frames(40));
        harness.Session.EndTurn();
        await harness.TickAsync(5);

        harness.Time.Advance(TimeSpan.FromMilliseconds(200));
        Assert.Equal(6, harness.Sink.Ticks.Count);
        await harness.TickUntilAsync(() => !harness.Session.Speaking);

        Assert.Equal(4, harness.Session.Stats.SkippedTicks);
        Assert.Equal(TimeSpan.FromMilliseconds(9 * 40), harness.Sink.Ticks[5].Time);
        Assert.Equal(TimeSpan.FromMilliseconds(10 * 40), harness.Sink.Ticks[6].Time);
        Assert.Equal(Enumerable.Range(1, 40), harness.Sink.Spoken);
    }

    [Fact]
    public async Task Idle_PlaysTheLoopInSilenceWithoutInference()
    {
        var animator = new FakeAnimator(10, i => (byte)(40 + i));
        await using var harness = new SessionHarness(animator: animator);

        await harness.TickAsync(25);

        Assert.Equal(Enumerable.Range(0, 25).Select(i => (byte)(40 + (i % 10))), harness.Sink.Ticks.Select(tick => tick.Luma));
        Assert.Empty(animator.Calls);
        Assert.Empty(harness.Sink.Spoken);
    }
}
