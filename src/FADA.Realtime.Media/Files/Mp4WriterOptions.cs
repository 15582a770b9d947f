namespace FADA.Realtime.Media.Files;

/// <summary>What an MP4 file is made of.</summary>
public sealed record Mp4WriterOptions
{
    /// <summary>Width in pixels, even.</summary>
    public required int Width { get; init; }

    /// <summary>Height in pixels, even.</summary>
    public required int Height { get; init; }

    public int FramesPerSecond { get; init; } = 25;

    /// <summary>Threads of the video encoder.</summary>
    public int Threads { get; init; } = 1;
}
