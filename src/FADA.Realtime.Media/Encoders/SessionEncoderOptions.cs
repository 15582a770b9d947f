namespace FADA.Realtime.Media.Encoders;

/// <summary>What a session's encoder is made for. Only the video bitrate can change later.</summary>
public sealed record SessionEncoderOptions
{
    /// <summary>Width of the pictures in pixels: even, 16 to 4096.</summary>
    public required int Width { get; init; }

    /// <summary>Height of the pictures in pixels: even, 16 to 4096.</summary>
    public required int Height { get; init; }

    /// <summary>Pictures per second that the rate control plans with: 1 to 120.</summary>
    public int FramesPerSecond { get; init; } = 25;

    public VideoCodec Codec { get; init; } = VideoCodec.Vp8;

    /// <summary>Bits per second of the picture: 50,000 to 20,000,000.</summary>
    public int VideoBitrate { get; init; } = 800_000;

    /// <summary>Bits per second of the sound: 8,000 to 128,000.</summary>
    public int AudioBitrate { get; init; } = 48_000;

    /// <summary>The longest time without a key frame when nobody asks for one.</summary>
    public TimeSpan KeyFrameInterval { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>The shortest media time between two requested key frames, over all viewers.</summary>
    public TimeSpan KeyFrameThrottle { get; init; } = TimeSpan.FromMilliseconds(300);

    /// <summary>Pictures waiting for the encoder before new ones are dropped: 1 to 32.</summary>
    public int MaxQueuedFrames { get; init; } = 6;
}
