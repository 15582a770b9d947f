using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Sessions;

public class PlayHeadTests
{
    [Fact]
    public void Claim_OlderTurn_IsRefused()
    {
        var head = new PlayHead();
        Assert.True(head.TryClaim(1, 640));
        Assert.True(head.TryClaim(1, 16));

        Assert.Equal((1, 656L), head.MoveTo(4));

        Assert.False(head.TryClaim(1, 640));
        Assert.False(head.TryClaim(3, 640));
        Assert.False(head.Open);
        Assert.True(head.TryClaim(4, 0));
        Assert.True(head.Open);
    }

    [Fact]
    public async Task Claims_WhileAnotherThreadMovesOn_AreCountedExactlyOnce()
    {
        const int most = 200_000;
        var head = new PlayHead();
        var claimed = new long[most + 2];
        var told = new long[most + 2];
        var stopped = 0;
        using var started = new ManualResetEventSlim();
        // A thread of its own: the pool may be busy with other tests for longer than this one lasts.
        var clock = Task.Factory.StartNew(() =>
        {
            started.Set();
            while (Volatile.Read(ref stopped) == 0)
            {
                var turn = head.Turn;
                for (var i = 0; i < 20 && head.TryClaim(turn, 640); i++)
                    Volatile.Write(ref claimed[turn], claimed[turn] + 640);
                Thread.Yield(); // with one core, the other thread must have its turn
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
        Assert.True(started.Wait(SessionHarness.Patience));

        // As many turns as fit into a moment, or as tell something: how fast two threads alternate differs much.
        var begin = TimeProvider.System.GetTimestamp();
        var (last, counted) = (0, 0L);
        while (last < most)
        {
            var passed = TimeProvider.System.GetElapsedTime(begin);
            if (passed > (last > 10 && counted > 0 ? TimeSpan.FromSeconds(1) : SessionHarness.Patience))
                break;
            var turn = ++last;
            for (var i = 0; i < 1000 && Volatile.Read(ref claimed[turn]) == 0; i++)
                Thread.Yield();
            counted += told[turn] = head.MoveTo(turn + 1).Samples;
        }

        Volatile.Write(ref stopped, 1);
        await clock.WaitAsync(SessionHarness.Patience);
        told[last + 1] = head.MoveTo(last + 2).Samples;
        Assert.Equal(claimed, told);
        Assert.True(last > 10 && counted > 0);
    }
}
