using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Stamps;

/// <summary>A face whose pictures carry a <see cref="MeasuringStamp"/>; the work behind them is the face's own.</summary>
internal sealed class StampedAnimator(IStyledAnimator inner, IReadOnlyList<VideoFrame> idle) : IStyledAnimator
{
    public int Width => inner.Width;

    public int Height => inner.Height;

    public IReadOnlyList<VideoFrame> Idle => idle;

    public void Begin(int idleFrame) => inner.Begin(idleFrame);

    public void Animate(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> output)
    {
        inner.Animate(speech, output);
        for (var i = 0; i < output.Length; i++)
        {
            var own = speech.Slice(i * SpeechClock.SamplesPerFrame, SpeechClock.SamplesPerFrame);
            MeasuringStamp.Paint(output[i], turn: true, MeasuringStamp.IsLoud(own));
        }
    }

    public bool CanBlink => inner.CanBlink;

    public void CloseEyes(VideoFrame picture, VideoFrame target, float closure) => inner.CloseEyes(picture, target, closure);

    public SamplingStyle Style => inner.Style;

    public void Restyle(AnimatorOptions options) => inner.Restyle(options);

    public void Dispose() => inner.Dispose();
}
