using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Tests.Fakes;

namespace FADA.Realtime.Streaming.Tests.Playout;

public class AllocationTests
{
    private sealed class CountingSink : ISessionSink
    {
        public int Spoken { get; private set; }

        public void Tick(VideoFrame frame, ReadOnlySpan<short> speech, TimeSpan time) => Spoken += speech[0] != 0 ? 1 : 0;
    }

    [Fact]
    public async Task Ticks_SpeechAndIdle_AllocateNothingPerFrame()
    {
        var sink = new CountingSink();
        await using var harness = new SessionHarness(sink: sink);
        var allocated = 0L;
        var ticks = 0;

        for (var round = 0; round < 5; round++)
        {
            await harness.SayAsync(SpeechPattern.Frames(100));
            harness.Session.EndTurn();
            for (var i = 0; i < 110; i++)
            {
                await harness.SettleAsync();
                var before = GC.GetAllocatedBytesForCurrentThread();
                harness.Time.Advance(SpeechClock.FrameDuration);
                var bytes = GC.GetAllocatedBytesForCurrentThread() - before;
                if (round == 0 || i is < 2 or > 102)
                    continue; // warming up; and the events of the turn are told around its ends
                allocated += bytes;
                ticks++;
            }
        }

        Assert.Equal(500, sink.Spoken);
        // The fake clock itself allocates a little for each shot; a picture is 6,144 bytes, its samples 1,280.
        Assert.InRange(allocated / ticks, 0, ClockBytesPerTick(harness) + 16);
    }

    private static long ClockBytesPerTick(SessionHarness harness)
    {
        ITimer? timer = null;
        timer = harness.Time.CreateTimer(
            _ => timer!.Change(SpeechClock.FrameDuration, Timeout.InfiniteTimeSpan), null, SpeechClock.FrameDuration, Timeout.InfiniteTimeSpan);
        using (timer)
        {
            harness.Session.DisposeAsync().AsTask().Wait(SessionHarness.Patience);
            for (var i = 0; i < 50; i++)
                harness.Time.Advance(SpeechClock.FrameDuration);
            var before = GC.GetAllocatedBytesForCurrentThread();
            for (var i = 0; i < 100; i++)
                harness.Time.Advance(SpeechClock.FrameDuration);
            return (GC.GetAllocatedBytesForCurrentThread() - before) / 100;
        }
    }
}
