using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

/// <summary>The pools are small: anything that is not given back would silence the session after a few turns.</summary>
public class ReuseTests
{
    private const int Rounds = 60;

    [Fact]
    public async Task ManyInterruptsDuringInference_SessionStillSpeaks()
    {
        await using var harness = new SessionHarness();
        using var gate = new SemaphoreSlim(0);
        var block = true;
        harness.Animator.During = _ =>
        {
            if (!Volatile.Read(ref block))
                return;
            harness.Animator.Blocked = true;
            Assert.True(gate.Wait(SessionHarness.Patience));
            harness.Animator.Blocked = false;
        };
        for (var round = 0; round < Rounds; round++)
        {
            await harness.SayAsync(SpeechPattern.Frames(20));
            await SessionHarness.UntilAsync(() => harness.Animator.Blocked);
            harness.Session.Interrupt();
            gate.Release();
            await SessionHarness.UntilAsync(() => !harness.Animator.Blocked && harness.Session.Settled);
            await harness.TickAsync();
        }

        Volatile.Write(ref block, false);
        await SpeakAsync(harness);
    }

    [Fact]
    public async Task ManyFailures_SessionStillSpeaks()
    {
        await using var harness = new SessionHarness();
        harness.Animator.During = _ => throw new InvalidDataException("broken");
        for (var round = 0; round < Rounds; round++)
        {
            await harness.SayAsync(SpeechPattern.Frames(20)[..^9]);
            await SessionHarness.UntilAsync(() => harness.Session.Settled);
            Assert.Single(harness.DrainEvents().OfType<SpeechFailed>());
        }

        harness.Animator.During = null;
        await SpeakAsync(harness);
    }

    [Fact]
    public async Task ManyInterruptsWhilePlaying_SessionStillSpeaks()
    {
        await using var harness = new SessionHarness(new SessionOptions());
        for (var round = 0; round < Rounds; round++)
        {
            await harness.SayAsync(SpeechPattern.Frames(45)[..^9]);
            await harness.TickAsync(1 + (round % 9));
            harness.Session.Interrupt();
        }

        await SpeakAsync(harness);
    }

    private static async Task SpeakAsync(SessionHarness harness)
    {
        var before = harness.Sink.Spoken.Length;
        await harness.TickAsync(2);
        Assert.Equal(TimeSpan.Zero, harness.Session.Stats.BufferedSpeech - PartialFrame(harness));
        await harness.SayAsync(SpeechPattern.Frames(100));
        harness.Session.EndTurn();
        var ahead = TimeSpan.Zero;
        await harness.TickUntilAsync(() =>
        {
            var now = harness.Session.Stats.RenderedAhead;
            ahead = now > ahead ? now : ahead;
            return harness.Sink.Spoken.Length == before + 100;
        });

        // Every frame of the pool is still in use.
        Assert.Equal(1.0, ahead.TotalSeconds, 0.05);
        await harness.TickAsync(10);
    }

    // A frame that is not full stays with the intake for the next speech.
    private static TimeSpan PartialFrame(SessionHarness harness) =>
        harness.Session.Stats.BufferedSpeech == SpeechClock.FrameDuration ? SpeechClock.FrameDuration : TimeSpan.Zero;
}
