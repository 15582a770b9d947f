namespace FADA.Realtime.Streaming;

/// <summary>The rates everything agrees on: 16 kHz speech, 25 pictures a second, 640 samples a picture.</summary>
public static class SpeechClock
{
    public const int SampleRate = 16_000;
    public const int FramesPerSecond = 25;
    public const int SamplesPerFrame = SampleRate / FramesPerSecond;

    /// <summary>Frames of speech that must be known beyond the last rendered frame (80 ms).</summary>
    public const int LookAheadFrames = 2;

    public static readonly TimeSpan FrameDuration = TimeSpan.FromMilliseconds(1000.0 / FramesPerSecond);
}
