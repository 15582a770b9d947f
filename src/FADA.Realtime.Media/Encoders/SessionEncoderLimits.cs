namespace FADA.Realtime.Media.Encoders;

/// <summary>Checks of <see cref="SessionEncoderOptions"/>.</summary>
internal static class SessionEncoderLimits
{
    public const int MinVideoBitrate = 50_000;
    public const int MaxVideoBitrate = 20_000_000;

    public static void Check(SessionEncoderOptions options)
    {
        CheckSide(options.Width, nameof(options.Width));
        CheckSide(options.Height, nameof(options.Height));
        Check(options.FramesPerSecond, 1, 120, nameof(options.FramesPerSecond));
        Check(options.VideoBitrate, MinVideoBitrate, MaxVideoBitrate, nameof(options.VideoBitrate));
        Check(options.AudioBitrate, 8_000, 128_000, nameof(options.AudioBitrate));
        Check(options.MaxQueuedFrames, 1, 32, nameof(options.MaxQueuedFrames));
        if (options.KeyFrameInterval <= TimeSpan.Zero || options.KeyFrameInterval > TimeSpan.FromHours(1))
            throw new ArgumentOutOfRangeException(nameof(options), $"KeyFrameInterval is {options.KeyFrameInterval}; it must be above 0 and at most an hour.");
        if (options.KeyFrameThrottle < TimeSpan.Zero || options.KeyFrameThrottle > TimeSpan.FromMinutes(1))
            throw new ArgumentOutOfRangeException(nameof(options), $"KeyFrameThrottle is {options.KeyFrameThrottle}; it must be 0 to a minute.");
    }

    public static void Check(int value, int least, int most, string name)
    {
        if (value < least || value > most)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be {least} to {most}.");
    }

    private static void CheckSide(int value, string name)
    {
        Check(value, 16, 4096, name);
        if (value % 2 != 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be even.");
    }
}
