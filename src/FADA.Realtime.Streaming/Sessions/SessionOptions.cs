namespace FADA.Realtime.Streaming.Sessions;

/// <summary>The limits and timings of one avatar session.</summary>
public sealed record SessionOptions
{
    /// <summary>
    /// Speech that may be held at once, from its arrival until it is played; then <see cref="AvatarSession.WriteAsync"/>
    /// waits. 2 to 60 s.
    /// </summary>
    public TimeSpan SpeechBuffer { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How far rendering may run ahead of playout. 0.64 to 5 s.</summary>
    public TimeSpan RenderAhead { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>
    /// A turn nobody ended finishes by itself when no speech arrived for this long after all of it was rendered and
    /// hardly any is left to play. 100 ms to 60 s.
    /// </summary>
    public TimeSpan QuietTimeout { get; init; } = TimeSpan.FromMilliseconds(600);

    /// <summary>Frames of silence after the end of a turn, in which the mouth closes. 0 to 25.</summary>
    public int ClosingFrames { get; init; } = 4;

    /// <summary>Frames over which one motion is faded into another. 0 to 25.</summary>
    public int FadeFrames { get; init; } = 4;

    /// <summary>A starved turn holds its last picture this long, then the idle loop moves until speech is ready. 0 to 5 s.</summary>
    public TimeSpan StarvedHold { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>What the first window of a turn is given before it competes as late with other sessions. 40 ms to 5 s.</summary>
    public TimeSpan FirstFrameTarget { get; init; } = TimeSpan.FromMilliseconds(200);

    /// <summary>
    /// Held back before a turn starts (or resumes) while its speech is still arriving, so that a late packet does not
    /// starve it. 0 to 1 s.
    /// </summary>
    public TimeSpan JitterMargin { get; init; } = SpeechClock.FrameDuration;

    /// <summary>The most that a start may be held back for a machine that renders slowly. 0 to 10 s.</summary>
    public TimeSpan MaxStartDelay { get; init; } = TimeSpan.FromMilliseconds(400);

    /// <summary>Events kept for a reader that is slow; then the oldest are dropped, which the numbers tell. 8 to 4096.</summary>
    public int EventCapacity { get; init; } = 256;

    /// <summary>Of the moments at which the eyes blink: the same seed gives the same moments.</summary>
    public int BlinkSeed { get; init; } = 1;

    /// <exception cref="ArgumentOutOfRangeException">Names the option, its value and the range.</exception>
    public void Validate()
    {
        Check(nameof(SpeechBuffer), SpeechBuffer.TotalSeconds, 2, 60, "s");
        Check(nameof(RenderAhead), RenderAhead.TotalSeconds, 0.64, 5, "s");
        Check(nameof(QuietTimeout), QuietTimeout.TotalSeconds, 0.1, 60, "s");
        Check(nameof(ClosingFrames), ClosingFrames, 0, 25, "frames");
        Check(nameof(FadeFrames), FadeFrames, 0, 25, "frames");
        Check(nameof(StarvedHold), StarvedHold.TotalSeconds, 0, 5, "s");
        Check(nameof(FirstFrameTarget), FirstFrameTarget.TotalSeconds, 0.04, 5, "s");
        Check(nameof(JitterMargin), JitterMargin.TotalSeconds, 0, 1, "s");
        Check(nameof(MaxStartDelay), MaxStartDelay.TotalSeconds, 0, 10, "s");
        Check(nameof(EventCapacity), EventCapacity, 8, 4096, "events");
    }

    private static void Check(string name, double value, double from, double to, string unit)
    {
        if (!(value >= from && value <= to))
            throw new ArgumentOutOfRangeException(name, $"{name} is {value} {unit}; it must be {from} to {to} {unit}.");
    }
}
