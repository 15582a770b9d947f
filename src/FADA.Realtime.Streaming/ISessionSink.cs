namespace FADA.Realtime.Streaming;

/// <summary>
/// Where the playout clock sends a session's picture and sound: every frame leaves together with exactly the samples
/// that drove it, on one timeline. Implementations must not block; they drop rather than wait.
/// </summary>
public interface ISessionSink
{
    /// <summary>One 40 ms tick.</summary>
    /// <param name="frame">The picture; valid only during the call.</param>
    /// <param name="speech">640 samples of 16 kHz mono; silence while idle.</param>
    /// <param name="time">Media time of the tick since the session began.</param>
    void Tick(VideoFrame frame, ReadOnlySpan<short> speech, TimeSpan time);
}
