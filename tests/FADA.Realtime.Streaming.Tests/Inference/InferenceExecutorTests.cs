using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Telemetry;
using FADA.Realtime.Streaming.Tests.Fakes;
using Microsoft.Extensions.Time.Testing;

namespace FADA.Realtime.Streaming.Tests.Inference;

public class InferenceExecutorTests
{
    private static readonly float[] Speech = new float[4 * SpeechClock.SamplesPerFrame];

    [Fact]
    public async Task WindowsThatWait_EarliestDeadlineFirst_EqualOnesInOrder()
    {
        using var metrics = new StreamingMetrics();
        using var executor = new InferenceExecutor(new InferenceOptions(), metrics, new FakeTimeProvider());
        using var gate = new SemaphoreSlim(0);
        var order = new List<int>();
        var started = new TaskCompletionSource();

        Task Ask(int name, int dueMs, Action? during = null)
        {
            var lane = executor.OpenLane();
            for (var i = 0; i < 2; i++)
                lane.Output[i] = new VideoFrame(FakeAnimator.Size, FakeAnimator.Size);
            var animator = new FakeAnimator(1) { During = _ => { during?.Invoke(); order.Add(name); } };
            return lane.RenderAsync(animator, null, Speech, 2, TimeSpan.FromMilliseconds(dueMs)).AsTask();
        }

        var first = Ask(0, 500, () => { started.SetResult(); Assert.True(gate.Wait(SessionHarness.Patience)); });
        await started.Task.WaitAsync(SessionHarness.Patience);
        Task[] waiting = [Ask(1, 300), Ask(2, 100), Ask(3, 200), Ask(4, 100)];
        gate.Release();
        await Task.WhenAll([first, .. waiting]).WaitAsync(SessionHarness.Patience);

        Assert.Equal([0, 2, 4, 3, 1], order);
    }

    [Fact]
    public async Task Dispose_WindowsThatWait_AreRefused()
    {
        using var metrics = new StreamingMetrics();
        var executor = new InferenceExecutor(new InferenceOptions(), metrics, new FakeTimeProvider());
        using var gate = new SemaphoreSlim(0);
        var started = new TaskCompletionSource();
        var lanes = new[] { executor.OpenLane(), executor.OpenLane() };
        foreach (var lane in lanes)
        {
            for (var i = 0; i < 2; i++)
                lane.Output[i] = new VideoFrame(FakeAnimator.Size, FakeAnimator.Size);
        }

        var slow = new FakeAnimator(1) { During = _ => { started.SetResult(); Assert.True(gate.Wait(SessionHarness.Patience)); } };
        var running = lanes[0].RenderAsync(slow, null, Speech, 2, TimeSpan.Zero).AsTask();
        await started.Task.WaitAsync(SessionHarness.Patience);
        var waiting = lanes[1].RenderAsync(new FakeAnimator(1), null, Speech, 2, TimeSpan.Zero).AsTask();
        var end = Task.Run(executor.Dispose);
        gate.Release();

        await running.WaitAsync(SessionHarness.Patience);
        await end.WaitAsync(SessionHarness.Patience);
        await SessionHarness.UntilAsync(() => waiting.IsCompleted);
        // Either it was still served before the end, or it was told why not.
        Assert.True(waiting.IsCompletedSuccessfully || waiting.Exception?.InnerException is ObjectDisposedException);
        Assert.Throws<ObjectDisposedException>(() => executor.OpenLane());
    }
}
