using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Stamps;

namespace FADA.Realtime.Streaming.Tests.Stamps;

public sealed class MeasuringStampTests
{
    private const int Width = 160, Height = 64;

    [Theory]
    [InlineData(true, false)]
    [InlineData(true, true)]
    [InlineData(false, false)]
    public void Paint_OfAPicture_SetsFourSquaresAndLeavesTheRest(bool turn, bool loud)
    {
        var frame = new VideoFrame(Width, Height);
        frame.Data.AsSpan().Fill(77);

        MeasuringStamp.Paint(frame, turn, loud);

        Assert.Equal([235, 16, turn ? 235 : 16, loud ? 235 : 16], Squares(frame));
        Assert.Equal(77, frame.Data[4 * MeasuringStamp.Side]);
        Assert.Equal(77, frame.Data[MeasuringStamp.Side * Width]);
        Assert.Equal(128, frame.Data[Width * Height]);
        Assert.Equal(77, frame.Data[^1]);
    }

    [Fact]
    public void Paint_OfATinyPicture_IsRefused() =>
        Assert.Throws<ArgumentException>(() => MeasuringStamp.Paint(new VideoFrame(64, 64), turn: true, loud: true));

    [Fact]
    public void Catalog_Stamped_MarksSpokenPicturesByTheirOwnSamplesAndLeavesTheSharedLoopAlone()
    {
        using var face = new Face();
        var catalog = new StampedCatalog(new OneFace(face));
        using var animator = catalog.CreateAnimator("any", new AnimatorOptions());
        var speech = new float[(2 + SpeechClock.LookAheadFrames) * SpeechClock.SamplesPerFrame];
        speech[SpeechClock.SamplesPerFrame + 10] = -0.5f;
        VideoFrame[] frames = [new(Width, Height), new(Width, Height)];

        animator.Animate(speech, frames);

        Assert.Equal([235, 16, 235, 16], Squares(frames[0]));
        Assert.Equal([235, 16, 235, 235], Squares(frames[1]));
        Assert.Equal([235, 16, 16, 16], Squares(animator.Idle[0]));
        Assert.Equal([0, 0, 0, 0], Squares(face.Idle[0]));
        Assert.Same(animator.Idle[0], animator.Idle[1]);
        Assert.Same(animator.Idle, catalog.CreateAnimator("any", new AnimatorOptions()).Idle);
    }

    private static int[] Squares(VideoFrame frame) =>
        [.. Enumerable.Range(0, 4).Select(i => (int)frame.Data[(MeasuringStamp.Side / 2 * frame.Width) + (i * MeasuringStamp.Side) + (MeasuringStamp.Side / 2)])];

    private sealed class Face : IStyledAnimator
    {
        public Face()
        {
            var frame = new VideoFrame(MeasuringStampTests.Width, MeasuringStampTests.Height);
            Idle = [frame, frame];
        }

        public int Width => MeasuringStampTests.Width;

        public int Height => MeasuringStampTests.Height;

        public IReadOnlyList<VideoFrame> Idle { get; }

        public void Begin(int idleFrame)
        {
        }

        public void Animate(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> output)
        {
        }

        public SamplingStyle Style { get; } = new(1, GuidanceScales.One);

        public void Restyle(AnimatorOptions options)
        {
        }

        public void Dispose()
        {
        }
    }

    private sealed class OneFace(IStyledAnimator face) : IAvatarCatalog
    {
        public IReadOnlyList<AvatarInfo> List() => [Get("any")];

        public AvatarInfo Get(string name) => new(name, "test", "synthetic", face.Width, face.Height);

        public Task<byte[]> PortraitAsync(string name, CancellationToken cancellation) => Task.FromResult(Array.Empty<byte>());

        public Task<AvatarInfo> CreateAsync(ReadOnlyMemory<byte> portrait, string name, string consent, CancellationToken cancellation) =>
            Task.FromResult(Get(name));

        public void Delete(string name)
        {
        }

        public IStyledAnimator CreateAnimator(string name, AnimatorOptions options) => face;
    }
}
