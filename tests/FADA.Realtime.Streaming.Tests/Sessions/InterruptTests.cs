using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class InterruptTests
{
    [Fact]
    public async Task Interrupt_InMidTurn_StopsAtTheNextTickAndTellsExactlyWhatPlayed()
    {
        await using var harness = new SessionHarness();
        await harness.SayAsync(SpeechPattern.Frames(100));
        await harness.TickUntilAsync(() => harness.Sink.Spoken.Length == 13);

        var result = harness.Session.Interrupt();
        await harness.TickAsync(20);

        Assert.Equal(new InterruptResult(1, 13 * 40, 1), result);
        Assert.Equal(13, harness.Sink.Spoken.Length);
        Assert.All(harness.Sink.Ticks.TakeLast(20), tick => Assert.Equal((0, 0), (tick.Picture, tick.Sound)));
        var finished = Assert.Single(harness.DrainEvents().OfType<SpeechFinished>());
        Assert.Equal((13 * 40, true), (finished.PlayedMs, finished.Interrupted));
        Assert.Equal(TimeSpan.Zero, harness.Session.Stats.BufferedSpeech);
        Assert.False(harness.Session.Speaking);
    }

    [Fact]
    public async Task Interrupt_ThenNewSpeech_PlaysOnlyTheNewAndFromItsStart()
    {
        await using var harness = new SessionHarness();
        await harness.SayAsync(SpeechPattern.Frames(100)[..^7]);
        await harness.TickUntilAsync(() => harness.Sink.Spoken.Length == 5);

        harness.Session.Interrupt();
        await harness.SayAsync(SpeechPattern.Frames(500, 20));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => !harness.Session.Speaking && harness.Sink.Spoken.Length == 25);

        Assert.Equal(Enumerable.Range(1, 5).Concat(Enumerable.Range(501, 20)), harness.Sink.Spoken);
        Assert.All(harness.Sink.Ticks, tick => Assert.Equal(tick.Sound, tick.Picture));
        var after = harness.Animator.Calls.SkipWhile(call => call.Frames[0] != 501).SelectMany(call => call.Frames);
        Assert.All(after, value => Assert.True(value == 0 || value > 500));
    }

    [Fact]
    public async Task Interrupt_WithTurnsWaiting_EachIsToldOnce()
    {
        await using var harness = new SessionHarness();
        for (var turn = 0; turn < 3; turn++)
        {
            await harness.SayAsync(SpeechPattern.Frames(10));
            harness.Session.EndTurn();
        }

        await harness.TickUntilAsync(() => harness.Sink.Spoken.Length == 4);
        var result = harness.Session.Interrupt();
        await harness.TickAsync(30);

        Assert.Equal(new InterruptResult(1, 160, 3), result);
        var finished = harness.DrainEvents().OfType<SpeechFinished>().ToList();
        Assert.Equal([(1, 160L), (2, 0L), (3, 0L)], finished.Select(item => (item.Turn, item.PlayedMs)));
        Assert.All(finished, item => Assert.True(item.Interrupted));
        Assert.Equal(4, harness.Sink.Spoken.Length);
    }

    [Fact]
    public async Task Interrupt_WhileNobodySpeaks_IsNothing()
    {
        await using var harness = new SessionHarness();
        await harness.TickAsync(3);

        Assert.Equal(default, harness.Session.Interrupt());
        Assert.Empty(harness.DrainEvents());
    }

    [Fact]
    public async Task Interrupt_DuringInference_ItsFramesAreNeverShown()
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
        await harness.SayAsync(SpeechPattern.Frames(40));
        await harness.TickUntilAsync(() => harness.Sink.Spoken.Length == 2);

        var result = harness.Session.Interrupt();
        await harness.TickAsync();
        gate.Release();
        await SessionHarness.UntilAsync(() => !harness.Animator.Blocked && harness.Session.Settled);
        await harness.TickAsync(10);

        Assert.Equal(80, result.PlayedMs);
        Assert.Equal([1, 2], harness.Sink.Spoken);
        Assert.Equal(TimeSpan.Zero, harness.Session.Stats.BufferedSpeech);
    }

    [Fact]
    public async Task Interrupt_RacingTheClock_PlayedMsIsExactAndFinishedOnce()
    {
        await using var harness = new SessionHarness();
        var random = new Random(3);
        for (var turn = 1; turn <= 200; turn++)
        {
            var frames = random.Next(1, 12);
            var before = harness.Sink.Spoken.Length;
            await harness.SayAsync(SpeechPattern.Frames(frames));
            harness.Session.EndTurn();
            await harness.TickAsync(random.Next(frames + 5));

            // The tick and the interrupt at the same moment: either may come first.
            var tick = Task.Run(() => harness.Time.Advance(SpeechClock.FrameDuration));
            harness.Session.Interrupt();
            await tick.WaitAsync(SessionHarness.Patience);
            var played = harness.Sink.Spoken.Length - before;
            await harness.TickAsync(3);

            Assert.Equal(played, harness.Sink.Spoken.Length - before);
            var finished = Assert.Single(harness.DrainEvents().OfType<SpeechFinished>());
            Assert.Equal((turn, played * 40), (finished.Turn, finished.PlayedMs));
        }
    }
}
