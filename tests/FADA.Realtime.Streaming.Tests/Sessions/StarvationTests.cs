using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class StarvationTests
{
    private static readonly SessionOptions Patient = new() { FadeFrames = 0, QuietTimeout = TimeSpan.FromSeconds(10) };

    [Fact]
    public async Task Starved_SoundAndPictureWaitTogetherAndGoOnTogether()
    {
        await using var harness = new SessionHarness(Patient);
        await harness.SayAsync(SpeechPattern.Frames(20));
        await harness.TickAsync(18 + 4);

        // 18 of 20 frames are playable, the last two are look-ahead.
        Assert.Equal(Enumerable.Range(1, 18), harness.Sink.Spoken);
        Assert.True(harness.Session.Stats.StarvedTicks >= 3);
        Assert.All(harness.Sink.Ticks.TakeLast(3), tick => Assert.Equal((18, 0), (tick.Picture, tick.Sound)));

        await harness.SayAsync(SpeechPattern.Frames(20, 20));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => !harness.Session.Speaking);

        Assert.Equal(Enumerable.Range(1, 40), harness.Sink.Spoken);
        Assert.All(harness.Sink.Ticks.Where(tick => tick.Sound != 0), tick => Assert.Equal(tick.Sound, tick.Picture));
        Assert.Single(harness.DrainEvents().OfType<SpeechFinished>());
    }

    [Fact]
    public async Task StarvedForLong_IdleLoopMovesInsteadOfAFreeze()
    {
        var animator = new FakeAnimator(50, i => (byte)(40 + i));
        await using var harness = new SessionHarness(Patient, animator);
        await harness.SayAsync(SpeechPattern.Frames(10));
        await harness.TickAsync(40);

        var lumas = harness.Sink.Ticks.TakeLast(20).Select(tick => tick.Luma).ToList();
        Assert.True(lumas.Distinct().Count() > 15, string.Join(' ', lumas));
        Assert.True(harness.Session.Speaking);
    }

    [Fact]
    public async Task SlowDevice_WindowsAfterTheirTime_AreCountedAsMissed()
    {
        await using var harness = new SessionHarness();
        using var gate = new SemaphoreSlim(0);
        harness.Animator.During = call =>
        {
            if (call.Frames[0] != 3)
                return;
            harness.Animator.Blocked = true;
            Assert.True(gate.Wait(SessionHarness.Patience));
            harness.Animator.Blocked = false;
        };
        await harness.SayAsync(SpeechPattern.Frames(20));
        harness.Session.EndTurn();
        await harness.TickAsync(6);
        gate.Release();
        await SessionHarness.UntilAsync(() => !harness.Animator.Blocked && harness.Session.Settled);
        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 24);

        Assert.Equal(Enumerable.Range(1, 20), harness.Sink.Spoken);
        Assert.Equal(1, harness.Session.Stats.DeadlineMissed);
        Assert.InRange(harness.Session.Stats.StarvedTicks, 3, 20);
    }
}
