using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class BackPressureTests
{
    [Fact]
    public async Task Write_TenSecondsAhead_WaitsAndGoesOnAsSpeechIsPlayed()
    {
        await using var harness = new SessionHarness();

        var fits = harness.Session.WriteAsync(SpeechPattern.Frames(250));
        Assert.True(fits.IsCompletedSuccessfully);
        var waits = harness.Session.WriteAsync(SpeechPattern.Frames(250, 3)).AsTask();
        await harness.SettleAsync();
        Assert.False(waits.IsCompleted);
        Assert.Equal(TimeSpan.FromSeconds(10), harness.Session.Stats.BufferedSpeech);

        await harness.TickUntilAsync(() => harness.Sink.Spoken.Length == 3);
        await waits.WaitAsync(SessionHarness.Patience);
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => !harness.Session.Speaking);

        Assert.Equal(Enumerable.Range(1, 253), harness.Sink.Spoken);
    }

    [Fact]
    public async Task EndTurn_WhileAWriteWaits_EndsAfterIt()
    {
        await using var harness = new SessionHarness();

        var waits = harness.Session.WriteAsync(SpeechPattern.Frames(300)).AsTask();
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => waits.IsCompleted && !harness.Session.Speaking);

        await waits;
        Assert.Equal(Enumerable.Range(1, 300), harness.Sink.Spoken);
    }

    [Fact]
    public async Task Interrupt_WhileAWriteWaits_DropsTheRest()
    {
        await using var harness = new SessionHarness();
        var waits = harness.Session.WriteAsync(SpeechPattern.Frames(400)).AsTask();
        await harness.TickAsync(3);

        harness.Session.Interrupt();
        await harness.TickAsync();
        await waits.WaitAsync(SessionHarness.Patience);
        await harness.TickAsync(20);

        Assert.Equal([1, 2, 3], harness.Sink.Spoken);
        Assert.Equal(TimeSpan.Zero, harness.Session.Stats.BufferedSpeech);
    }

    [Fact]
    public async Task Write_Cancelled_ThrowsAndTheSessionGoesOn()
    {
        await using var harness = new SessionHarness();
        using var cancel = new CancellationTokenSource();
        var waits = harness.Session.WriteAsync(SpeechPattern.Frames(400), cancel.Token).AsTask();

        await cancel.CancelAsync();

        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waits.WaitAsync(SessionHarness.Patience));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 254);
        Assert.Equal(Enumerable.Range(1, 250), harness.Sink.Spoken);
    }

    [Fact]
    public async Task Write_WhileAnotherWaits_IsRefused()
    {
        await using var harness = new SessionHarness();
        var waits = harness.Session.WriteAsync(SpeechPattern.Frames(251)).AsTask();

        await Assert.ThrowsAsync<InvalidOperationException>(async () => await harness.Session.WriteAsync(new short[1]));

        await harness.TickUntilAsync(() => waits.IsCompleted);
    }

    [Fact]
    public async Task Rendering_WithMuchSpeechAtHand_RunsAtMostOneSecondAhead()
    {
        await using var harness = new SessionHarness();
        await harness.SayAsync(SpeechPattern.Frames(250));

        for (var i = 0; i < 100; i++)
        {
            await harness.TickAsync();
            Assert.InRange(harness.Session.Stats.RenderedAhead.TotalSeconds, 0, 1.04);
        }

        var rendered = harness.Animator.Calls.Sum(call => call.Frames.Length);
        Assert.InRange(rendered, 100, 126);
    }
}
