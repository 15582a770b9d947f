using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class TurnTests
{
    [Fact]
    public async Task Turn_EveryTick_PictureBelongsToItsSamplesInOrderWithoutLoss()
    {
        await using var harness = new SessionHarness();

        await harness.SayAsync(SpeechPattern.Frames(100));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 104);

        Assert.Equal(Enumerable.Range(1, 100), harness.Sink.Spoken);
        Assert.All(harness.Sink.Ticks, tick => Assert.Equal(tick.Sound, tick.Picture));
        Assert.All(harness.Sink.Ticks, tick => Assert.Equal(tick.Sound, tick.SoundEnd));
        Assert.Equal(0, harness.Session.Stats.StarvedTicks);
    }

    [Fact]
    public async Task Turn_OddLastSamples_PlayedMsCountsOnlyTheTurnsOwnSpeech()
    {
        await using var harness = new SessionHarness();

        await harness.SayAsync(SpeechPattern.Frames(10)[..(9 * 640 + 16)]);
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 14);

        var events = harness.DrainEvents();
        var started = Assert.IsType<SpeechStarted>(events[0]);
        var finished = Assert.IsType<SpeechFinished>(events[1]);
        Assert.Equal((1L, 1, 2L, 1), (started.Seq, started.Turn, finished.Seq, finished.Turn));
        Assert.Equal(361, finished.PlayedMs);
        Assert.False(finished.Interrupted);
        Assert.Equal(2, events.Count);
        Assert.False(harness.Session.Speaking);
        var last = harness.Sink.Ticks.Single(tick => tick.Sound == 10);
        Assert.Equal(0, last.SoundEnd);
    }

    [Fact]
    public async Task Turn_SpeechAtHand_FirstLipsAtTheNextTick()
    {
        await using var harness = new SessionHarness();
        await harness.TickAsync(10);

        await harness.SayAsync(SpeechPattern.Frames(50));
        await harness.TickAsync();

        Assert.Equal(1, harness.Sink.Last.Picture);
        var started = Assert.IsType<SpeechStarted>(Assert.Single(harness.DrainEvents()));
        Assert.Equal(TimeSpan.FromMilliseconds(40), started.Latency);
        Assert.True(harness.Session.Speaking);
    }

    [Fact]
    public async Task Turn_SmallWritesOfAnySize_SoundIsTheSame()
    {
        await using var harness = new SessionHarness();
        var speech = SpeechPattern.Frames(30);
        var random = new Random(7);

        for (var at = 0; at < speech.Length;)
        {
            var count = Math.Min(random.Next(1, 900), speech.Length - at);
            await harness.SayAsync(speech[at..(at + count)]);
            at += count;
        }

        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 34);

        Assert.Equal(Enumerable.Range(1, 30), harness.Sink.Spoken);
        Assert.All(harness.Sink.Ticks, tick => Assert.Equal(tick.Sound, tick.SoundEnd));
    }

    [Fact]
    public async Task TurnsInARow_EachBeginsAndFinishesOnceInOrder()
    {
        await using var harness = new SessionHarness();

        for (var turn = 0; turn < 3; turn++)
        {
            await harness.SayAsync(SpeechPattern.Frames(turn * 20, 20));
            harness.Session.EndTurn();
            harness.Session.EndTurn();
        }

        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 72);

        Assert.Equal(Enumerable.Range(1, 60), harness.Sink.Spoken);
        var events = harness.DrainEvents();
        Assert.Equal([1, 1, 2, 2, 3, 3], events.Select(item => item.Turn));
        Assert.Equal([1, 2, 3, 4, 5, 6], events.Select(item => item.Seq));
        Assert.All(events.OfType<SpeechFinished>(), item => Assert.Equal((800, false), (item.PlayedMs, item.Interrupted)));
        Assert.Equal(3, harness.Animator.Begun.Count);
    }

    [Fact]
    public async Task Turn_NobodyEndsIt_FinishesByItselfAndNextSpeechIsANewTurn()
    {
        await using var harness = new SessionHarness();

        await harness.SayAsync(SpeechPattern.Frames(8)[..^100]);
        await harness.TickAsync(14);
        Assert.Empty(harness.DrainEvents().OfType<SpeechFinished>());
        await harness.TickUntilAsync(() => !harness.Session.Speaking, most: 20);
        await harness.SayAsync(SpeechPattern.Frames(100, 8));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 24);

        Assert.Equal(Enumerable.Range(1, 8).Concat(Enumerable.Range(101, 8)), harness.Sink.Spoken);
        var finished = harness.DrainEvents().OfType<SpeechFinished>().ToList();
        Assert.Equal([1, 2], finished.Select(item => item.Turn));
        Assert.Equal([313, 320], finished.Select(item => item.PlayedMs));
    }

    [Fact]
    public async Task Turn_SenderPausesBetweenBursts_StaysOneTurnWithoutAGap()
    {
        await using var harness = new SessionHarness();

        await harness.SayAsync(SpeechPattern.Frames(75));
        await harness.TickAsync(65);
        await harness.SayAsync(SpeechPattern.Frames(75, 75));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => !harness.Session.Speaking);

        Assert.Equal(Enumerable.Range(1, 150), harness.Sink.Spoken);
        Assert.Equal(0, harness.Session.Stats.StarvedTicks);
        Assert.Single(harness.DrainEvents().OfType<SpeechFinished>());
    }

    [Fact]
    public async Task Microphone_SpeechInRealTime_PlaysWithoutStarvingAndSoon()
    {
        await using var harness = new SessionHarness();

        for (var chunk = 0; chunk < 100; chunk++)
        {
            await harness.SayAsync(SpeechPattern.Frames(chunk, 1));
            await harness.TickAsync();
        }

        await harness.TickUntilAsync(() => !harness.Session.Speaking);

        Assert.Equal(Enumerable.Range(1, 100), harness.Sink.Spoken);
        // Only at the end, where nobody said that it was the end.
        var ticks = harness.Sink.Ticks;
        var spoken = ticks.Select((tick, i) => (tick, i)).Where(item => item.tick.Sound != 0).Select(item => item.i).ToList();
        Assert.Equal(Enumerable.Range(spoken[0], 98), spoken[..98]);
        var started = harness.DrainEvents().OfType<SpeechStarted>().Single();
        Assert.InRange(started.Latency.TotalMilliseconds, 120, 240);
    }
}
