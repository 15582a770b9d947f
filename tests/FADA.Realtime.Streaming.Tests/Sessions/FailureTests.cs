using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Telemetry;
using FADA.Realtime.Streaming.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class FailureTests
{
    [Fact]
    public async Task AnimatorThrows_TurnIsGivenUpSessionIdlesAndSpeaksAgain()
    {
        await using var harness = new SessionHarness();
        harness.Animator.During = call =>
        {
            if (call.Frames.Contains(20))
                throw new InvalidDataException("NaN in the latents");
        };
        await harness.SayAsync(SpeechPattern.Frames(60));
        harness.Session.EndTurn();
        await harness.TickAsync(30);

        var events = harness.DrainEvents();
        var failed = Assert.Single(events.OfType<SpeechFailed>());
        Assert.Equal("NaN in the latents", failed.Error.Message);
        Assert.True(Assert.Single(events.OfType<SpeechFinished>()).Interrupted);
        Assert.Equal((0, 0), (harness.Sink.Last.Picture, harness.Sink.Last.Sound));
        Assert.Equal(TimeSpan.Zero, harness.Session.Stats.BufferedSpeech);

        await harness.SayAsync(SpeechPattern.Frames(100, 10));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => harness.Sink.Spoken.Contains(110));
        await harness.TickAsync(10);

        Assert.False(Assert.Single(harness.DrainEvents().OfType<SpeechFinished>()).Interrupted);
    }

    [Fact]
    public async Task AnimatorThrows_AnotherSessionOnTheSameDeviceDoesNotNotice()
    {
        var time = new FakeTimeProvider();
        using var metrics = new StreamingMetrics();
        using var executor = new InferenceExecutor(new InferenceOptions(), metrics, time);
        await using var broken = new SessionHarness(time: time, executor: executor);
        await using var healthy = new SessionHarness(time: time, executor: executor);
        broken.Animator.During = _ => throw new InvalidDataException("broken");

        await broken.SayAsync(SpeechPattern.Frames(50));
        await healthy.SayAsync(SpeechPattern.Frames(50));
        healthy.Session.EndTurn();
        await healthy.TickUntilAsync(() => healthy.Session.Stats.SpokenFrames == 54);

        Assert.Equal(Enumerable.Range(1, 50), healthy.Sink.Spoken);
        Assert.Empty(broken.Sink.Spoken);
        Assert.Contains(broken.DrainEvents(), item => item is SpeechFailed);
    }

    [Fact]
    public async Task TwoSessions_OneDevice_NeverMix()
    {
        var time = new FakeTimeProvider();
        using var metrics = new StreamingMetrics();
        using var executor = new InferenceExecutor(new InferenceOptions(), metrics, time);
        await using var first = new SessionHarness(time: time, executor: executor);
        await using var second = new SessionHarness(time: time, executor: executor);

        await first.SayAsync(SpeechPattern.Frames(0, 200));
        await second.SayAsync(SpeechPattern.Frames(5000, 200));
        first.Session.EndTurn();
        second.Session.EndTurn();
        for (var i = 0; i < 210; i++)
        {
            await first.SettleAsync();
            await second.TickAsync();
        }

        Assert.Equal(Enumerable.Range(1, 200), first.Sink.Spoken);
        Assert.Equal(Enumerable.Range(5001, 200), second.Sink.Spoken);
        Assert.All(first.Sink.Ticks.Concat(second.Sink.Ticks), tick => Assert.Equal(tick.Sound, tick.Picture));
    }

    [Fact]
    public async Task SinkThrows_ClockGoesOn()
    {
        await using var harness = new SessionHarness();
        harness.Sink.OnTick = () => throw new IOException("peer gone");

        await harness.TickAsync(5);

        Assert.Equal(5, harness.Sink.Ticks.Count);
        Assert.Equal(5, harness.Session.Stats.SinkFailures);
    }
}
