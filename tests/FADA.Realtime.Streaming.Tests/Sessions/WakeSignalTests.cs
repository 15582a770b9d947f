using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class WakeSignalTests
{
    private readonly WakeSignal _signal = new();

    [Fact]
    public async Task Wait_PulseThatWasSeen_SleepsUntilTheNext()
    {
        _signal.Pulse();
        _signal.Pulse();

        var wait = _signal.WaitAsync(_signal.Given).AsTask();

        Assert.False(wait.IsCompleted);
        Assert.True(_signal.Settled);
        _signal.Pulse();
        Assert.False(_signal.Settled);
        await wait.WaitAsync(SessionHarness.Patience);
    }

    [Fact]
    public void Wait_PulseGivenMeanwhile_GoesOnAtOnce()
    {
        var seen = _signal.Given;
        _signal.Pulse();

        Assert.True(_signal.WaitAsync(seen).IsCompletedSuccessfully);
        Assert.False(_signal.Settled);
    }

    [Fact]
    public void Settled_StageThatHasNotLookedYet_IsFalse() => Assert.False(_signal.Settled);
}
