using System.Diagnostics;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Media.WebRtc;
using Xunit.Abstractions;

namespace FADA.Realtime.Media.Tests.WebRtc;

public sealed class ChurnTests(ITestOutputHelper output)
{
    [Fact]
    public async Task JoinAndLeave_ThirtyTimes_LeavesNoThreadAndNoFile()
    {
        await using var session = MediaSessionTests.Create();
        await using var feed = new LiveFeed(session);
        await CycleAsync(session, 5);
        var before = await SettleAsync();

        await CycleAsync(session, 30);

        var after = await SettleAsync();
        output.WriteLine($"threads {before.Threads} → {after.Threads}, files {before.Files} → {after.Files}, RSS {before.Rss >> 20} → {after.Rss >> 20} MiB");
        Assert.InRange(after.Threads, 0, before.Threads + 6);
        Assert.InRange(after.Files, 0, before.Files + 6);
    }

    private static async Task CycleAsync(MediaSession session, int count)
    {
        for (var i = 0; i < count; i++)
        {
            using var peer = TestPeer.Viewer();
            var id = await peer.JoinAsync(session);
            peer.TakeVideo();
            await session.RemoveViewerAsync(id);
        }
    }

    // Pool threads and GLib's come and go by themselves: take the lowest of a few looks.
    private static async Task<(int Threads, int Files, long Rss)> SettleAsync()
    {
        var (threads, files) = (int.MaxValue, int.MaxValue);
        for (var i = 0; i < 10; i++)
        {
            await Task.Delay(200);
            threads = Math.Min(threads, Directory.GetDirectories("/proc/self/task").Length);
            files = Math.Min(files, Directory.GetFiles("/proc/self/fd").Length);
        }
        using var self = Process.GetCurrentProcess();
        return (threads, files, self.WorkingSet64);
    }
}
