using System.Collections.Concurrent;
using System.Diagnostics;
using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Tests.Support;
using Xunit.Abstractions;

namespace FADA.Realtime.Media.Tests.Encoders;

public sealed class SessionEncoderTests(ITestOutputHelper output) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(40);
    private readonly BlockingCollection<EncodedFrame> _video = [];
    private readonly BlockingCollection<EncodedFrame> _audio = [];

    public void Dispose()
    {
        _video.Dispose();
        _audio.Dispose();
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.H264)]
    public void PushVideo_ColouredPictures_ComeBackWithColourAndTime(VideoCodec codec)
    {
        using var encoder = Create(codec);
        using var decoder = new FrameDecoder(codec);
        (byte Y, byte U, byte V)[] colours = [(60, 90, 200), (180, 160, 100), (120, 128, 128), (200, 60, 170)];

        for (var i = 0; i < 20; i++)
        {
            var (y, u, v) = colours[i / 5];
            Push(encoder, TestPictures.Solid(128, 96, y, u, v), Tick * (i + 3));
            decoder.Push(Take(_video));
        }

        for (var i = 0; i < 20; i++)
        {
            var picture = decoder.Take();
            var (y, u, v) = colours[i / 5];
            Assert.Equal(Tick * (i + 3), picture.Pts);
            if (i % 5 != 4)
                continue; // a change of colour may take a few pictures to settle
            var chroma = TestPictures.MeanChroma(picture.Data.Span, 128, 96);
            Assert.InRange(TestPictures.MeanLuma(picture.Data.Span, 128, 96), y - 4, y + 4);
            Assert.InRange(chroma.U, u - 4, u + 4);
            Assert.InRange(chroma.V, v - 4, v + 4);
        }
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.H264)]
    public void RequestKeyFrame_WhileRunning_MakesOneAndThrottles(VideoCodec codec)
    {
        using var encoder = Create(codec);
        var keys = new List<int>();
        for (var i = 0; i < 50; i++)
        {
            if (i is 10 or 12 or 13 or 40)
                encoder.RequestKeyFrame();
            Push(encoder, TestPictures.Moving(128, 96, i), Tick * i);
            if (Take(_video).IsKeyFrame)
                keys.Add(i);
        }

        // 10 at once; 12 and 13 are answered by one, when 300 ms have passed since 10; 40 at once.
        Assert.Equal([0, 10, 18, 40], keys);
        Assert.Equal(3, encoder.ForcedKeyFrames);
    }

    [Fact]
    public void PushAudio_OneSecondOfTicks_GivesOpusPacketsOfTwentyMilliseconds()
    {
        using var encoder = Create(VideoCodec.Vp8);
        var tone = TestSounds.Tone(440, 16_000, 16_000);
        for (var i = 0; i < 25; i++)
            Assert.True(encoder.PushAudio(tone.AsSpan(i * 640, 640), Tick * i));

        for (var i = 0; i < 49; i++)
        {
            var packet = Take(_audio);
            // Opus looks 6.5 ms ahead: the packet's time is that of the sound that comes out of the decoder.
            Assert.Equal(TimeSpan.FromMilliseconds(i == 0 ? 0 : 20 * i - 6.5), packet.Pts);
            Assert.InRange(packet.Data.Length, 10, 400);
        }
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.H264)]
    public void VideoBitrate_ChangedLive_ChangesTheSizeWithoutKeyFrame(VideoCodec codec)
    {
        using var encoder = Create(codec, 256, 256, 1_500_000);
        var before = Measure(encoder, 0, 50, out _);

        encoder.VideoBitrate = 150_000;
        Measure(encoder, 50, 25, out _);
        var after = Measure(encoder, 75, 50, out var keys);

        output.WriteLine($"{codec}: {before} → {after} bits/s");
        Assert.Equal(0, keys);
        Assert.True(after < before * 0.6, $"{before} → {after} bits/s");
    }

    [Fact]
    public void PushVideo_FasterThanTheEncoder_DropsInsteadOfWaiting()
    {
        using var encoder = Create(VideoCodec.Vp8, 1280, 720);
        var picture = TestPictures.Moving(1280, 720, 1);

        for (var i = 0; i < 300; i++)
            encoder.PushVideo(picture, Tick * i);

        // Pushes that wait for the encoder would lose nothing; how long each takes is the machine's business.
        Assert.True(encoder.DroppedFrames > 0, "nothing was dropped");
    }

    [Theory]
    [InlineData(VideoCodec.Vp8)]
    [InlineData(VideoCodec.H264)]
    public void PushVideo_FullSize_CostsAFractionOfACore(VideoCodec codec)
    {
        using var encoder = Create(codec, 512, 512);
        var pictures = Enumerable.Range(0, 20).Select(i => TestPictures.Moving(512, 512, i)).ToArray();
        var cpu = Process.GetCurrentProcess().TotalProcessorTime;
        for (var i = 0; i < 50; i++)
        {
            Push(encoder, pictures[i % 20], Tick * i);
            Take(_video);
        }
        var share = (Process.GetCurrentProcess().TotalProcessorTime - cpu) / TimeSpan.FromSeconds(2);

        output.WriteLine($"{codec}: {share:P1} of a core at 25 pictures a second");
        Assert.True(share < 0.6, $"{share:P1} of a core");
    }

    [Fact]
    public void Constructor_OddWidth_NamesTheValue()
    {
        var error = Assert.Throws<ArgumentOutOfRangeException>(() => Create(VideoCodec.Vp8, 127, 96));
        Assert.Contains("127", error.Message, StringComparison.Ordinal);
    }

    private static void Push(SessionEncoder encoder, byte[] picture, TimeSpan pts) => Assert.True(encoder.PushVideo(picture, pts));

    private SessionEncoder Create(VideoCodec codec, int width = 128, int height = 96, int bitrate = 800_000) => new(
        new SessionEncoderOptions { Width = width, Height = height, Codec = codec, VideoBitrate = bitrate }, _video.Add, _audio.Add);

    private double Measure(SessionEncoder encoder, int first, int count, out int keyFrames)
    {
        long bits = 0;
        keyFrames = 0;
        for (var i = first; i < first + count; i++)
        {
            Push(encoder, TestPictures.Noise(256, 256, i), Tick * i);
            var frame = Take(_video);
            bits += frame.Data.Length * 8;
            keyFrames += frame.IsKeyFrame ? 1 : 0;
        }
        return bits * 25.0 / count;
    }

    private static EncodedFrame Take(BlockingCollection<EncodedFrame> frames) =>
        frames.TryTake(out var frame, TimeSpan.FromSeconds(10)) ? frame : throw new TimeoutException("No coded frame within 10 s.");
}
