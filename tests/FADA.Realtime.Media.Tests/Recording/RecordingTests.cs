using System.Globalization;
using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Recording;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Media.WebRtc;
using Microsoft.Extensions.Logging.Abstractions;

namespace FADA.Realtime.Media.Tests.Recording;

public sealed class RecordingTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);
    private readonly TempFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(VideoCodec.Vp8, "made.webm", "vp8")]
    [InlineData(VideoCodec.H264, "made.mkv", "h264")]
    public async Task Record_TwoSecondsWithoutAnyViewer_GivesAFileThatPlays(VideoCodec codec, string name, string told)
    {
        await using var session = Create(codec);
        await using var feed = new LiveFeed(session);

        var recording = session.Record(Options(name));
        await Until(() => recording.Duration > TimeSpan.FromSeconds(2));
        var result = await recording.StopAsync().WaitAsync(Patience);

        Assert.Equal(RecordingEnd.Stopped, result.End);
        Assert.InRange(result.Duration.TotalSeconds, 2, 6);
        Assert.Equal([told, "96", "64", $"{result.Frames}"], Probe(result.Path, "v", "codec_name,width,height,nb_read_frames"));
        Assert.Equal(["opus"], Probe(result.Path, "a", "codec_name"));
        Assert.Equal(result.Duration.TotalSeconds, Length(result.Path), 0.15);
        Assert.False(File.Exists(result.Path + ".part"));
    }

    [Fact]
    public async Task Record_LongerThanItMay_EndsByItself()
    {
        await using var session = Create(VideoCodec.Vp8);
        await using var feed = new LiveFeed(session);

        var recording = session.Record(Options("short.webm") with { MaxDuration = TimeSpan.FromSeconds(1) });
        await Until(() => recording.Ended);
        var result = await recording.StopAsync().WaitAsync(Patience);

        Assert.Equal(RecordingEnd.DurationReached, result.End);
        Assert.InRange(Length(result.Path), 0.9, 1.2);
    }

    [Fact]
    public async Task Dispose_OfASessionThatIsRecorded_CompletesTheFile()
    {
        var session = Create(VideoCodec.Vp8);
        await using (var feed = new LiveFeed(session))
        {
            var recording = session.Record(Options("left.webm"));
            await Until(() => recording.Duration > TimeSpan.FromSeconds(1));
        }
        await session.DisposeAsync().AsTask().WaitAsync(Patience);

        Assert.InRange(Length(_folder.File("left.webm")), 0.9, 5);
    }

    [Fact]
    public async Task Record_SessionThatIsRecordedAlready_IsRefusedAndTheFirstGoesOn()
    {
        await using var session = Create(VideoCodec.Vp8);
        await using var feed = new LiveFeed(session);
        var first = session.Record(Options("first.webm"));

        Assert.Throws<InvalidOperationException>(() => session.Record(Options("second.webm")));

        await Until(() => first.Duration > TimeSpan.FromSeconds(0.5));
        Assert.Equal(_folder.File("first.webm"), (await first.StopAsync().WaitAsync(Patience)).Path);
        var second = session.Record(Options("second.webm"));
        await Until(() => second.Duration > TimeSpan.FromSeconds(0.5));
        await second.StopAsync().WaitAsync(Patience);
    }

    [Fact]
    public async Task Stop_BeforeAnyPicture_SaysSoAndLeavesNoFile()
    {
        await using var session = Create(VideoCodec.Vp8);

        var recording = session.Record(Options("empty.webm"));
        var error = await Assert.ThrowsAsync<MediaException>(() => recording.StopAsync().WaitAsync(Patience));

        Assert.Contains("no picture", error.Message);
        Assert.Empty(Directory.GetFiles(_folder.Path));
    }

    [Fact]
    public async Task Record_FolderThatCannotBe_IsOneSentence()
    {
        await using var session = Create(VideoCodec.Vp8);
        File.WriteAllText(_folder.File("file"), "");

        var error = Assert.Throws<MediaException>(() => session.Record(Options("file/inside.webm")));

        Assert.Contains("cannot be written", error.Message);
    }

    private RecorderOptions Options(string name) => new(_folder.File(name), TimeSpan.FromMinutes(1), 100_000_000);

    private static MediaSession Create(VideoCodec codec) => new(
        new MediaSessionOptions { Encoder = new SessionEncoderOptions { Width = 96, Height = 64, Codec = codec } }, TimeProvider.System, NullLogger<MediaSession>.Instance);

    private static async Task Until(Func<bool> condition)
    {
        for (var i = 0; !condition(); i++)
        {
            Assert.True(i < Patience.TotalMilliseconds / 20, "It did not come about in time.");
            await Task.Delay(20);
        }
    }

    private static string[] Probe(string path, string stream, string entries) => TempFolder.Run(
        "ffprobe", "-v", "error", "-count_frames", "-select_streams", stream, "-show_entries", $"stream={entries}", "-of", "csv=p=0", path).Split(',');

    private static double Length(string path) => double.Parse(
        TempFolder.Run("ffprobe", "-v", "error", "-show_entries", "format=duration", "-of", "csv=p=0", path), CultureInfo.InvariantCulture);
}
