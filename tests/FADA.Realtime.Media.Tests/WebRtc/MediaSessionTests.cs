using System.Security.Cryptography;
using System.Threading.Channels;
using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Media.WebRtc;
using Microsoft.Extensions.Logging.Abstractions;
using Xunit.Abstractions;

namespace FADA.Realtime.Media.Tests.WebRtc;

public sealed class MediaSessionTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.H264)]
    public async Task AddViewer_TwoViewers_GetTheSameFramesAndSound(VideoCodec codec)
    {
        await using var session = Create(codec);
        await using var feed = new LiveFeed(session);
        using var first = TestPeer.Viewer(codec);
        using var second = TestPeer.Viewer(codec);

        await Task.WhenAll(first.JoinAsync(session), second.JoinAsync(session));
        var seenByFirst = Enumerable.Range(0, 60).Select(_ => Hash(first.TakeVideo())).ToList();
        var seenBySecond = Enumerable.Range(0, 60).Select(_ => Hash(second.TakeVideo())).ToList();

        Assert.True(seenByFirst.Intersect(seenBySecond).Count() > 40, "the viewers saw different frames");
        Assert.InRange(first.TakeAudio().Data.Length, 10, 400);
        Assert.InRange(second.TakeAudio().Data.Length, 10, 400);
        Assert.Equal(2, session.ViewerCount);
        Assert.Equal(2, session.ConnectedViewers);
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.H264)]
    public async Task AddViewer_MidStream_GetsAKeyFrameFirstAndDecodes(VideoCodec codec)
    {
        await using var session = Create(codec);
        await using var feed = new LiveFeed(session);
        using var early = TestPeer.Viewer(codec);
        await early.JoinAsync(session);
        for (var i = 0; i < 30; i++)
            early.TakeVideo();

        using var late = TestPeer.Viewer(codec);
        await late.JoinAsync(session);
        using var decoder = new FrameDecoder(codec);
        var frames = Enumerable.Range(0, 20).Select(_ => late.TakeVideo()).ToList();
        frames.ForEach(decoder.Push);

        Assert.True(frames[0].IsKeyFrame, "the first frame was no key frame");
        for (var i = 0; i < 20; i++)
            Assert.Equal(96 * 64 * 3 / 2, decoder.Take().Data.Length);
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.H264)]
    public async Task PictureLoss_ToldByOneViewer_MakesOneKeyFrame(VideoCodec codec)
    {
        await using var session = Create(codec);
        await using var feed = new LiveFeed(session);
        using var peer = TestPeer.Viewer(codec);
        await peer.JoinAsync(session);
        for (var i = 0; i < 15; i++)
            peer.TakeVideo();
        var before = session.Encoder.ForcedKeyFrames;

        peer.RequestKeyFrame();
        var frames = Enumerable.Range(0, 50).Select(_ => peer.TakeVideo()).ToList();

        Assert.Contains(frames, frame => frame.IsKeyFrame);
        Assert.InRange(session.Encoder.ForcedKeyFrames - before, 1, 2);
        var stats = Assert.Single(await session.GetStatsAsync(default));
        Assert.True(stats.KeyFrameRequests >= 1);
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    public async Task AddViewer_OneTrackOnly_Plays(bool video, bool audio)
    {
        await using var session = Create();
        await using var feed = new LiveFeed(session);
        using var peer = TestPeer.Viewer(VideoCodec.Vp8, video, audio);

        await peer.JoinAsync(session);

        Assert.NotEmpty((video ? peer.TakeVideo() : peer.TakeAudio()).Data.ToArray());
    }

    [Fact]
    public async Task RemoveViewer_Connected_FreesItAndTellsOnce()
    {
        await using var session = Create();
        var changes = Channel.CreateUnbounded<ViewerChange>();
        session.ViewerChanged += change => changes.Writer.TryWrite(change);
        using var peer = TestPeer.Viewer();
        var id = await peer.JoinAsync(session);
        var came = await NextAsync(changes);

        Assert.True(await session.RemoveViewerAsync(id));
        var left = await NextAsync(changes);

        Assert.Equal(new ViewerChange(id, true, null, 1), came);
        Assert.Equal(new ViewerChange(id, false, PeerCloseReason.Removed, 0), left);
        Assert.Equal(0, session.ViewerCount);
        Assert.False(await session.RemoveViewerAsync(id));
    }

    [Fact]
    public async Task Statistics_AfterReports_ShowRoundTripAndTraffic()
    {
        await using var session = Create();
        await using var feed = new LiveFeed(session);
        using var peer = TestPeer.Viewer();
        await peer.JoinAsync(session);

        ViewerStats stats;
        var deadline = DateTime.UtcNow + TimeSpan.FromSeconds(20);
        do
        {
            await Task.Delay(200);
            stats = Assert.Single(await session.GetStatsAsync(default));
        }
        while (stats.RoundTrip is null && DateTime.UtcNow < deadline);

        output.WriteLine(stats.ToString());
        Assert.True(stats.Connected);
        Assert.InRange(stats.RoundTrip!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(1));
        Assert.True(stats.PacketsSent >= stats.FramesSent && stats.FramesSent > 0);
        Assert.Equal(0, stats.PacketsLost);
    }

    [Fact]
    public async Task AddViewer_BeyondTheLimit_IsRefused()
    {
        await using var session = Create(maxViewers: 1);
        using var peer = TestPeer.Viewer();
        using var other = TestPeer.Viewer();
        await peer.JoinAsync(session);

        await Assert.ThrowsAsync<ViewerLimitException>(async () => await session.AddViewerAsync(await other.OfferAsync(), default));
    }

    [Fact]
    public async Task Dispose_WhileViewersWatch_EndsThemAll()
    {
        var session = Create();
        await using var feed = new LiveFeed(session);
        using var peer = TestPeer.Viewer();
        await peer.JoinAsync(session);
        peer.TakeVideo();

        await session.DisposeAsync().AsTask().WaitAsync(Patience);

        await Assert.ThrowsAsync<ObjectDisposedException>(() => session.AddViewerAsync("v=0", default));
        session.PushVideo(new byte[96 * 64 * 3 / 2], TimeSpan.FromHours(1)); // no one is harmed
    }

    internal static MediaSession Create(VideoCodec codec = VideoCodec.Vp8, int maxViewers = 16, TimeProvider? time = null, WebRtcOptions? webRtc = null) => new(
        new MediaSessionOptions
        {
            Encoder = new SessionEncoderOptions { Width = 96, Height = 64, Codec = codec },
            WebRtc = webRtc ?? TestPeer.Loopback,
            MaxViewers = maxViewers,
        },
        time ?? TimeProvider.System,
        NullLogger<MediaSession>.Instance);

    private static async Task<ViewerChange> NextAsync(Channel<ViewerChange> changes) =>
        await changes.Reader.ReadAsync().AsTask().WaitAsync(Patience);

    private static string Hash(EncodedFrame frame) => Convert.ToHexString(SHA256.HashData(frame.Data.Span));
}
