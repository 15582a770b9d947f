using System.Globalization;
using FADA.Realtime.Media.Files;
using FADA.Realtime.Media.Tests.Support;

namespace FADA.Realtime.Media.Tests.Files;

public sealed class Mp4WriterTests : IDisposable
{
    private static readonly Mp4WriterOptions Options = new() { Width = 128, Height = 96 };
    private readonly TempFolder _folder = new();
    private readonly CancellationTokenSource _limit = new(TimeSpan.FromSeconds(60));

    public void Dispose()
    {
        _folder.Dispose();
        _limit.Dispose();
    }

    [Fact]
    public async Task CompleteAsync_ThreeSeconds_HasEveryFrameAndTheSoundInStep()
    {
        var path = _folder.File("clip.mp4");
        await using (var writer = await Mp4Writer.CreateAsync(path, Options, _limit.Token))
        {
            for (var i = 0; i < 75; i++)
            {
                // One picture lights up, and one tick clicks, at the same moment.
                await writer.WriteFrameAsync(TestPictures.Solid(128, 96, (byte)(i == 40 ? 220 : 40), 128, 128), _limit.Token);
                var tick = i == 40 ? TestSounds.Tone(2000, 16_000, 640, 20_000) : new short[640];
                await writer.WriteAudioAsync(tick, _limit.Token);
            }
            await writer.CompleteAsync(_limit.Token);
        }

        Assert.Equal(["h264", "yuv420p", "75"], Probe(path, "v", "codec_name,pix_fmt,nb_read_frames"));
        Assert.Equal("aac", Probe(path, "a", "codec_name")[0]);
        Assert.Equal(0, Number(Probe(path, "v", "start_time")[0]), 0.001);
        Assert.Equal(0, Number(Probe(path, "a", "start_time")[0]), 0.001);
        Assert.Equal(3, Number(Probe(path, "v", "duration")[0]), 0.001);
        Assert.InRange(Number(Probe(path, "a", "duration")[0]), 2.95, 3.10);
        Assert.Equal([path], Directory.GetFileSystemEntries(_folder.Path));
        await AssertClickAsync(path);
        AssertFlash(path);
        AssertIndexFirst(path);
    }

    [Fact]
    public async Task CompleteAsync_WithoutSound_WritesThePicture()
    {
        var path = _folder.File("silent.mp4");
        await using (var writer = await Mp4Writer.CreateAsync(path, Options, _limit.Token))
        {
            await writer.WriteFrameAsync(TestPictures.Solid(128, 96, 100, 128, 128), _limit.Token);
            await writer.CompleteAsync(_limit.Token);
        }

        Assert.Equal("1", Probe(path, "v", "nb_read_frames")[0]);
        Assert.Equal("", string.Concat(Probe(path, "a", "codec_name")));
    }

    [Fact]
    public async Task Dispose_BeforeComplete_LeavesNothing()
    {
        await using (var writer = await Mp4Writer.CreateAsync(_folder.File("half.mp4"), Options, _limit.Token))
            await writer.WriteFrameAsync(TestPictures.Solid(128, 96, 100, 128, 128), _limit.Token);

        Assert.Empty(Directory.GetFileSystemEntries(_folder.Path));
    }

    [Fact]
    public async Task CreateAsync_InAFolderThatIsAFile_FailsInOneSentence()
    {
        await File.WriteAllTextAsync(_folder.File("file"), "x");

        var error = await Assert.ThrowsAsync<MediaException>(
            () => Mp4Writer.CreateAsync(Path.Combine(_folder.File("file"), "clip.mp4"), Options, _limit.Token));

        Assert.Contains("clip.mp4", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task CompleteAsync_WithoutPictures_Fails()
    {
        await using var writer = await Mp4Writer.CreateAsync(_folder.File("none.mp4"), Options, _limit.Token);
        await Assert.ThrowsAsync<MediaException>(() => writer.CompleteAsync(_limit.Token));
    }

    private static string[] Probe(string path, string stream, string entries) => TempFolder.Run(
        "ffprobe", "-v", "error", "-count_frames", "-select_streams", stream, "-show_entries", $"stream={entries}", "-of", "csv=p=0", path).Split(',');

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);

    private static async Task AssertClickAsync(string path)
    {
        var sound = new List<short>();
        await foreach (var block in AudioFileReader.ReadAsync(path))
            sound.AddRange(block.Span);
        var first = sound.FindIndex(sample => Math.Abs(sample) > 8000);
        Assert.InRange(first, 40 * 640 - 160, 40 * 640 + 160);
    }

    private void AssertFlash(string path)
    {
        TempFolder.Run("ffmpeg", "-v", "error", "-i", path, "-pix_fmt", "yuv420p", "-f", "rawvideo", _folder.File("raw"));
        var raw = File.ReadAllBytes(_folder.File("raw"));
        var size = 128 * 96 * 3 / 2;
        for (var i = 0; i < 75; i++)
            Assert.InRange(TestPictures.MeanLuma(raw.AsSpan(i * size, size), 128, 96), i == 40 ? 215 : 35, i == 40 ? 225 : 45);
    }

    private static void AssertIndexFirst(string path)
    {
        var bytes = File.ReadAllBytes(path).AsSpan();
        Assert.True(bytes.IndexOf("moov"u8) < bytes.IndexOf("mdat"u8), "the index is behind the data");
    }
}
