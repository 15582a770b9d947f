using FADA.Realtime.Streaming.Playout;

namespace FADA.Realtime.Streaming.Tests.Playout;

public sealed class BlinkingEyesTests
{
    private const int Minute = 60 * SpeechClock.FramesPerSecond;

    [Fact]
    public void Next_OverAMinute_BlinksShortlyEveryTwoToSixSeconds()
    {
        var closures = Play(seed: 3, Minute);

        var starts = Enumerable.Range(1, closures.Length - 1).Where(i => closures[i] > 0 && closures[i - 1] == 0).ToList();
        Assert.InRange(starts.Count, 9, 30);
        foreach (var (a, b) in starts.Zip(starts.Skip(1)))
            Assert.InRange(b - a, 2 * SpeechClock.FramesPerSecond, 6 * SpeechClock.FramesPerSecond);
        foreach (var start in starts.SkipLast(1))
        {
            var blink = closures[start..].TakeWhile(c => c > 0).ToList();
            Assert.InRange(blink.Count, 3, 5);
            Assert.Equal(1, blink.Max());
        }
    }

    [Fact]
    public void Next_WithTheSameSeed_BlinksAtTheSameMoments()
    {
        Assert.Equal(Play(seed: 5, Minute), Play(seed: 5, Minute));
        Assert.NotEqual(Play(seed: 5, Minute), Play(seed: 6, Minute));
    }

    [Fact]
    public void Next_BetweenBlinks_GivesThePictureItself()
    {
        var face = new Face();
        var eyes = BlinkingEyes.Of(face, seed: 1)!;
        var picture = new VideoFrame(2, 2);

        for (var i = 0; i < Minute; i++)
        {
            var before = face.Closed;
            var shown = eyes.Next(picture);
            Assert.Equal(face.Closed == before, ReferenceEquals(picture, shown));
        }

        Assert.True(face.Closed > 0);
    }

    [Fact]
    public void Of_AFaceThatCannotBlink_IsNothing() => Assert.Null(BlinkingEyes.Of(new Face { CanBlink = false }, seed: 1));

    private static float[] Play(int seed, int ticks)
    {
        var face = new Face();
        var eyes = BlinkingEyes.Of(face, seed)!;
        var picture = new VideoFrame(2, 2);
        return [.. Enumerable.Range(0, ticks).Select(_ => ReferenceEquals(eyes.Next(picture), picture) ? 0 : face.Last)];
    }

    private sealed class Face : IFaceAnimator
    {
        public int Width => 2;

        public int Height => 2;

        public IReadOnlyList<VideoFrame> Idle { get; } = [new VideoFrame(2, 2)];

        public bool CanBlink { get; init; } = true;

        public int Closed { get; private set; }

        public float Last { get; private set; }

        public void CloseEyes(VideoFrame picture, VideoFrame target, float closure)
        {
            Closed++;
            Last = closure;
        }

        public void Begin(int idleFrame)
        {
        }

        public void Animate(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> output)
        {
        }

        public void Dispose()
        {
        }
    }
}
