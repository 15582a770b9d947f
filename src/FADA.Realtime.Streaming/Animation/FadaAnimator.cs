using static TorchSharp.torch;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>The talking face of one session, on top of an avatar that sessions share.</summary>
public sealed class FadaAnimator : IStyledAnimator
{
    private readonly PreparedAvatar _avatar;
    private readonly WindowGenerator _generator;
    private readonly Action _released;
    private SamplingStyle _style;
    private int _disposed;

    /// <param name="released">Called once when the animator is disposed.</param>
    public FadaAnimator(PreparedAvatar avatar, AnimatorOptions options, Action released)
    {
        (_avatar, _released) = (avatar, released);
        _style = new SamplingStyle(avatar.Model.Config).With(options);
        _generator = new WindowGenerator(avatar, options.Seed);
        Begin(0);
    }

    public int Width => _avatar.Compositor.Width;
    public int Height => _avatar.Compositor.Height;
    public IReadOnlyList<VideoFrame> Idle => _avatar.Idle;

    public SamplingStyle Style => Volatile.Read(ref _style);

    public void Begin(int idleFrame)
    {
        using var motion = _avatar.MotionAt(idleFrame);
        _generator.Begin(motion);
    }

    public void Animate(ReadOnlySpan<float> speech, ReadOnlySpan<VideoFrame> output)
    {
        using var scope = NewDisposeScope();
        _generator.Next(speech, output, Style);
    }

    public bool CanBlink => _avatar.Lids is not null;

    public void CloseEyes(VideoFrame picture, VideoFrame target, float closure) =>
        (_avatar.Lids ?? throw new NotSupportedException("The eyes of this portrait were not found open.")).Close(picture, target, closure);

    public void Restyle(AnimatorOptions options)
    {
        // Two may change different values at once: neither change may be lost.
        SamplingStyle style;
        do
            style = Style;
        while (!ReferenceEquals(Interlocked.CompareExchange(ref _style, style.With(options), style), style));
    }

    public void Dispose()
    {
        if (Interlocked.Exchange(ref _disposed, 1) != 0)
            return;
        _generator.Dispose();
        _released();
    }
}
