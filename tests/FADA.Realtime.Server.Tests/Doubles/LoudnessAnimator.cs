using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Streaming;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Server.Tests.Doubles;

/// <summary>A face that opens its mouth as wide as the speech is loud. No model: it stands in for one.</summary>
public sealed class LoudnessAnimator : IStyledAnimator
{
    private readonly byte _shade;

    public LoudnessAnimator(int size, byte shade)
    {
        (Width, Height, _shade) = (size, size, shade);
        var idle = new VideoFrame(size, size);
        Draw(idle, 0);
        Idle = [idle];
    }

    public int Width { get; }

    public int Height { get; }

    public IReadOnlyList<VideoFrame> Idle { get; }

    public AnimatorOptions? LastStyle { get; private set; }

    public bool Disposed { get; private set; }

    /// <summary>Thrown by the next window, once.</summary>
    public Exception? Fail { get; set; }

    public void Begin(int idleFrame)
    {
    }

    public void Animate(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> output)
    {
        if (Fail is { } failure)
        {
            Fail = null;
            throw failure;
        }

        for (var i = 0; i < output.Length; i++)
        {
            var sum = 0f;
            foreach (var sample in speech.Slice(i * SpeechClock.SamplesPerFrame, SpeechClock.SamplesPerFrame))
                sum += sample * sample;
            Draw(output[i], Math.Min(1, 4 * MathF.Sqrt(sum / SpeechClock.SamplesPerFrame)));
        }
    }

    public SamplingStyle Style { get; private set; } = new(2, new GuidanceScales(1.5f, 2.5f));

    public void Restyle(AnimatorOptions options)
    {
        LastStyle = options;
        Style = Style.With(options);
    }

    public void Dispose() => Disposed = true;

    private void Draw(VideoFrame frame, float open)
    {
        var luma = frame.Data.AsSpan(0, Width * Height);
        luma.Fill(60);
        frame.Data.AsSpan(Width * Height).Fill(128);
        Ellipse(luma, 0.5f, 0.47f, 0.33f, 0.42f, _shade);
        Ellipse(luma, 0.38f, 0.4f, 0.05f, 0.03f, 30);
        Ellipse(luma, 0.62f, 0.4f, 0.05f, 0.03f, 30);
        Ellipse(luma, 0.5f, 0.67f, 0.13f, 0.015f + 0.09f * open, 30);
    }

    private void Ellipse(Span<byte> luma, float x, float y, float radiusX, float radiusY, byte value)
    {
        for (var row = 0; row < Height; row++)
        {
            var dy = ((row + 0.5f) / Height - y) / radiusY;
            var half = dy * dy < 1 ? radiusX * MathF.Sqrt(1 - dy * dy) : 0;
            var (from, to) = ((int)((x - half) * Width), (int)((x + half) * Width));
            if (half > 0)
                luma.Slice(row * Width + from, to - from).Fill(value);
        }
    }
}
