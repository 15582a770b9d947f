using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Media.WebRtc;
using Microsoft.Extensions.Time.Testing;

namespace FADA.Realtime.Media.Tests.WebRtc;

public sealed class VanishedViewerTests
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    [Fact]
    public async Task KilledViewer_SaysNothingFor15Seconds_IsRemoved()
    {
        var time = new FakeTimeProvider();
        await using var session = MediaSessionTests.Create(time: time);
        await using var feed = new LiveFeed(session);
        var left = new TaskCompletionSource<ViewerChange>();
        session.ViewerChanged += change =>
        {
            if (!change.Connected)
                left.TrySetResult(change);
        };
        var dead = TestPeer.Viewer();
        using var alive = TestPeer.Viewer();
        var deadId = await dead.JoinAsync(session);
        var aliveId = await alive.JoinAsync(session);
        dead.TakeVideo();

        dead.Dispose();
        time.Advance(TimeSpan.FromSeconds(10));
        await HearFromAsync(session, aliveId);
        Assert.Equal(2, session.ViewerCount);
        time.Advance(TimeSpan.FromSeconds(6));

        var change = await left.Task.WaitAsync(Patience);
        Assert.Equal(deadId, change.ViewerId);
        Assert.Equal(PeerCloseReason.PeerTimeout, change.Reason);
        Assert.Equal(1, session.ViewerCount);
        for (var i = 0; i < 10; i++)
            alive.TakeVideo();
    }

    [Fact]
    public async Task AnsweredViewer_NeverConnects_IsRemoved()
    {
        var time = new FakeTimeProvider();
        await using var session = MediaSessionTests.Create(time: time);
        var left = new TaskCompletionSource<ViewerChange>();
        session.ViewerChanged += left.SetResult;
        using var peer = TestPeer.Viewer();
        var answer = await session.AddViewerAsync(await peer.OfferAsync(), default);
        Assert.Equal(0, session.ConnectedViewers);

        time.Advance(TimeSpan.FromSeconds(21));

        Assert.Equal(new ViewerChange(answer.Id, false, PeerCloseReason.ConnectTimeout, 0), await left.Task.WaitAsync(Patience));
        Assert.Equal(0, session.ViewerCount);
    }

    // A report that follows now proves that the viewer's own clock was set after the advance.
    private static async Task HearFromAsync(MediaSession session, string viewerId)
    {
        var deadline = DateTime.UtcNow + Patience;
        while (DateTime.UtcNow < deadline)
        {
            if (session.HeardAgo(viewerId) == TimeSpan.Zero)
                return;
            await Task.Delay(50);
        }
        throw new TimeoutException("The living viewer sent no report.");
    }
}
