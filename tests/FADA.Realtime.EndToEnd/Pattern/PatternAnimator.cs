using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Streaming;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.EndToEnd.Pattern;

/// <summary>
/// In place of a face: a grey picture whose middle turns white in every frame whose own 640 samples are loud. What a
/// viewer sees late or early against the sound is then the fault of the way there, not of a model.
/// </summary>
/// <param name="lag">Frames by which the flash comes late, to see that the measurement sees it.</param>
internal sealed class PatternAnimator(int lag) : IStyledAnimator
{
    public const int Size = 256;
    private const float Loud = 0.2f;
    private const byte Grey = 60, White = 235;

    private readonly Queue<bool> _late = new(Enumerable.Repeat(false, lag));

    public int Width => Size;

    public int Height => Size;

    public IReadOnlyList<VideoFrame> Idle { get; } = [Paint(new VideoFrame(Size, Size), flash: false)];

    public void Begin(int idleFrame)
    {
    }

    public void Animate(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> output)
    {
        for (var i = 0; i < output.Length; i++)
        {
            var loud = false;
            foreach (var sample in speech.Slice(i * SpeechClock.SamplesPerFrame, SpeechClock.SamplesPerFrame))
                loud |= Math.Abs(sample) > Loud;
            _late.Enqueue(loud);
            Paint(output[i], _late.Dequeue());
        }
    }

    public SamplingStyle Style { get; private set; } = new(2, new GuidanceScales(1.5f, 2.5f));

    public void Restyle(AnimatorOptions options) => Style = Style.With(options);

    public void Dispose()
    {
    }

    private static VideoFrame Paint(VideoFrame frame, bool flash)
    {
        frame.Data.AsSpan(0, Size * Size).Fill(Grey);
        frame.Data.AsSpan(Size * Size).Fill(128);
        if (flash)
            for (var y = Size / 4; y < Size * 3 / 4; y++)
                frame.Data.AsSpan(y * Size + Size / 4, Size / 2).Fill(White);
        return frame;
    }
}
