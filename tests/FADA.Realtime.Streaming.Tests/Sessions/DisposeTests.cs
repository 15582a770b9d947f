using System.Diagnostics.Metrics;
using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Telemetry;
using FADA.Realtime.Streaming.Tests.Fakes;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class DisposeTests
{
    [Fact]
    public async Task Dispose_InMidTurn_GivesEverythingBack()
    {
        await using var harness = new SessionHarness();
        var active = 0L;
        using var listener = new MeterListener();
        listener.InstrumentPublished = (instrument, self) =>
        {
            if (instrument.Name == "avatar.session.active" && harness.Metrics.Owns(instrument))
                self.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<long>((_, value, _, _) => Interlocked.Add(ref active, value));
        listener.Start();
        var waits = harness.Session.WriteAsync(SpeechPattern.Frames(400)).AsTask();
        await harness.TickUntilAsync(() => harness.Sink.Spoken.Length == 5);

        await harness.Session.DisposeAsync().AsTask().WaitAsync(SessionHarness.Patience);
        await harness.Session.DisposeAsync().AsTask().WaitAsync(SessionHarness.Patience);
        var ticks = harness.Sink.Ticks.Count;
        harness.Time.Advance(TimeSpan.FromSeconds(1));

        Assert.Equal(ticks, harness.Sink.Ticks.Count);
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waits.WaitAsync(SessionHarness.Patience));
        await Assert.ThrowsAsync<ObjectDisposedException>(async () => await harness.Session.WriteAsync(new short[1]));
        harness.Session.EndTurn();
        Assert.Equal(default, harness.Session.Interrupt());
        Assert.Equal(1, harness.Animator.Disposed);
        Assert.Equal(0, harness.Executor.OpenLanes);
        Assert.Equal(-1, Interlocked.Read(ref active));
        var finished = Assert.Single(harness.DrainEvents().OfType<SpeechFinished>());
        Assert.Equal((200, true), (finished.PlayedMs, finished.Interrupted));
        Assert.True(harness.Session.Events.Completion.IsCompleted);
    }

    [Fact]
    public async Task Dispose_DuringInference_FreesTheFaceOnlyAfterIt()
    {
        await using var harness = new SessionHarness();
        using var gate = new SemaphoreSlim(0);
        harness.Animator.During = _ =>
        {
            harness.Animator.Blocked = true;
            Assert.True(gate.Wait(SessionHarness.Patience));
            harness.Animator.Blocked = false;
        };
        await harness.SayAsync(SpeechPattern.Frames(10));
        await SessionHarness.UntilAsync(() => harness.Animator.Blocked);

        var end = harness.Session.DisposeAsync().AsTask();
        Assert.Equal(0, harness.Animator.Disposed);
        gate.Release();
        await end.WaitAsync(SessionHarness.Patience);

        Assert.Equal(1, harness.Animator.Disposed);
    }

    [Fact]
    public async Task Dispose_InferenceHangs_ReturnsAndFreesTheFaceLater()
    {
        await using var harness = new SessionHarness();
        using var gate = new SemaphoreSlim(0);
        harness.Animator.During = _ =>
        {
            harness.Animator.Blocked = true;
            Assert.True(gate.Wait(SessionHarness.Patience));
            harness.Animator.Blocked = false;
        };
        await harness.SayAsync(SpeechPattern.Frames(10));
        await SessionHarness.UntilAsync(() => harness.Animator.Blocked);

        var end = harness.Session.DisposeAsync().AsTask();
        await SessionHarness.UntilAsync(() =>
        {
            harness.Time.Advance(TimeSpan.FromSeconds(11));
            return end.IsCompleted;
        });
        Assert.Equal((0, 1), (harness.Animator.Disposed, harness.Executor.OpenLanes));
        gate.Release();

        await SessionHarness.UntilAsync(() => harness.Animator.Disposed == 1 && harness.Executor.OpenLanes == 0);
    }

    [Fact]
    public async Task Start_DeviceFull_IsRefusedUntilASessionEnds()
    {
        var time = new FakeTimeProvider();
        using var metrics = new StreamingMetrics();
        using var executor = new InferenceExecutor(new InferenceOptions { Device = "cpu", MaxLanes = 1 }, metrics, time);
        var harness = new SessionHarness(time: time, executor: executor);

        AvatarSession Start() => AvatarSession.Start(
            new FakeAnimator(), harness.Sink, executor, new SessionOptions(), metrics, time, NullLogger<AvatarSession>.Instance);
        Assert.Throws<InferenceBusyException>(Start);
        await harness.DisposeAsync();

        await using var second = Start();
        Assert.Equal(1, executor.OpenLanes);
    }

    [Fact]
    public void Start_OptionOutOfRange_NamesIt()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(
            () => new SessionHarness(new SessionOptions { ClosingFrames = 99 }));

        Assert.Contains("ClosingFrames is 99", error.Message);
    }
}
