namespace FADA.Realtime.Streaming.Playout;

/// <summary>Lets a face blink every two to six seconds, whether it rests or speaks, by changing the picture that is on its way out.</summary>
internal sealed class BlinkingEyes
{
    private const int LeastWait = 2 * SpeechClock.FramesPerSecond, MostWait = 6 * SpeechClock.FramesPerSecond;
    private readonly IFaceAnimator _animator;
    private readonly VideoFrame _blinked;
    private readonly Random _random;
    private int _wait;
    private int _step = -1;
    private bool _long;

    private BlinkingEyes(IFaceAnimator animator, int seed)
    {
        _animator = animator;
        _blinked = new VideoFrame(animator.Width, animator.Height);
        _random = new Random(seed);
        _wait = _random.Next(LeastWait, MostWait + 1);
    }

    // Lids fall faster than they rise: 160 or 200 ms in pictures of 40 ms.
    private static ReadOnlySpan<float> Short => [0.5f, 1, 0.75f, 0.375f];
    private static ReadOnlySpan<float> Long => [0.5f, 1, 1, 0.625f, 0.25f];

    /// <summary>The eyes of a face; null where it cannot blink.</summary>
    /// <param name="seed">Of the moments at which it blinks.</param>
    public static BlinkingEyes? Of(IFaceAnimator animator, int seed) => animator.CanBlink ? new BlinkingEyes(animator, seed) : null;

    /// <summary>The picture to show in place of the next one: itself most of the time. Valid until the next call.</summary>
    public VideoFrame Next(VideoFrame picture)
    {
        if (_step < 0 && --_wait > 0)
            return picture;
        if (_step < 0)
            _long = _random.Next(3) == 0;
        var closures = _long ? Long : Short;
        _animator.CloseEyes(picture, _blinked, closures[++_step]);
        if (_step == closures.Length - 1)
        {
            _step = -1;
            _wait = _random.Next(LeastWait, MostWait + 1) - closures.Length;
        }

        return _blinked;
    }
}
