using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Playout;

public class ContinuityTests
{
    // The idle loop swings between 60 and 110; speech carries on from where it begins.
    private static byte Swing(int i) => (byte)(60 + (2 * Math.Abs(25 - (i % 50))));

    [Fact]
    public async Task IdleSpeechIdle_NoJumpAnywhere()
    {
        var animator = new FakeAnimator(50, Swing) { SpokenLuma = _ => 90 };
        await using var harness = new SessionHarness(new SessionOptions(), animator);

        for (var turn = 0; turn < 12; turn++)
        {
            await harness.TickAsync(20 + turn);
            await harness.SayAsync(SpeechPattern.Frames(15 + turn));
            harness.Session.EndTurn();
            await harness.TickUntilAsync(() => harness.DrainEvents().OfType<SpeechFinished>().Any());
        }

        await harness.TickAsync(20);

        // Unfaded, entering at 60 or 110 would jump by 20 to 30.
        Assert.InRange(BiggestStep(harness), 1, 8);
    }

    [Fact]
    public async Task Interrupt_ReturnsToTheMostSimilarIdleFrame()
    {
        // Every idle frame is different, so the nearest one is unique.
        var animator = new FakeAnimator(50, i => (byte)(50 + (2 * i))) { SpokenLuma = _ => 100 };
        await using var harness = new SessionHarness(animator: animator);
        await harness.SayAsync(SpeechPattern.Frames(40));
        await harness.TickAsync(12);

        harness.Session.Interrupt();
        await harness.TickAsync(3);

        Assert.Equal([100, 102, 104], harness.Sink.Ticks.TakeLast(3).Select(tick => (int)tick.Luma));
    }

    [Fact]
    public async Task Begin_NamesTheIdleFrameThatIsOnScreen()
    {
        var animator = new FakeAnimator(50, i => (byte)(40 + i));
        await using var harness = new SessionHarness(animator: animator);
        await harness.TickAsync(17);
        using var gate = new SemaphoreSlim(0);
        animator.During = _ =>
        {
            animator.Blocked = true;
            Assert.True(gate.Wait(SessionHarness.Patience));
            animator.Blocked = false;
        };

        await harness.SayAsync(SpeechPattern.Frames(20));
        await harness.TickAsync(); // the device takes one tick
        var onScreen = harness.Sink.Last.Luma - 40;
        gate.Release(100);
        await SessionHarness.UntilAsync(() => harness.Session.Stats.Windows > 0);
        await harness.TickAsync();

        Assert.Equal(1, harness.Sink.Last.Picture);
        Assert.Equal(onScreen, Assert.Single(animator.Begun));
    }

    [Fact]
    public async Task SlowFirstWindow_IdleKeepsMovingNearTheJoin()
    {
        var animator = new FakeAnimator(50, i => (byte)(40 + i));
        await using var harness = new SessionHarness(animator: animator);
        await harness.TickAsync(17);
        using var gate = new SemaphoreSlim(0);
        animator.During = _ =>
        {
            animator.Blocked = true;
            Assert.True(gate.Wait(SessionHarness.Patience));
            animator.Blocked = false;
        };

        await harness.SayAsync(SpeechPattern.Frames(20));
        await harness.TickAsync(30);
        gate.Release(100);

        var join = Assert.Single(animator.Begun);
        var lumas = harness.Sink.Ticks.TakeLast(28).Select(tick => tick.Luma - 40).ToList();
        Assert.All(lumas, luma => Assert.InRange(luma, join - 3, join));
        Assert.All(lumas.Zip(lumas.Skip(1)), pair => Assert.Equal(1, Math.Abs(pair.First - pair.Second)));
        await SessionHarness.UntilAsync(() => !animator.Blocked);
    }

    private static int BiggestStep(SessionHarness harness)
    {
        var lumas = harness.Sink.Ticks.Select(tick => (int)tick.Luma).ToList();
        return lumas.Zip(lumas.Skip(1), (a, b) => Math.Abs(a - b)).Max();
    }
}
