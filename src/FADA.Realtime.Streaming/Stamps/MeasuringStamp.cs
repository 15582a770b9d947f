namespace FADA.Realtime.Streaming.Stamps;

/// <summary>
/// Four squares in the upper left corner of a picture, read by whoever measures what a viewer sees: white and black
/// for comparison, then white where the picture belongs to a turn, and white where its own 640 samples are loud.
/// </summary>
public static class MeasuringStamp
{
    /// <summary>Side of a square in pixels; the four lie side by side.</summary>
    public const int Side = 32;

    /// <summary>A sample from here on (of 1) makes its picture a loud one.</summary>
    public const float Loud = 0.2f;

    private const byte White = 235, Black = 16, Grey = 128;

    /// <exception cref="ArgumentException">The picture has no room for the squares.</exception>
    public static void Paint(VideoFrame frame, bool turn, bool loud)
    {
        if (frame.Width < 4 * Side || frame.Height < Side)
            throw new ArgumentException($"{frame.Width} x {frame.Height} pixels are too few for a stamp", nameof(frame));
        var pixels = frame.Width * frame.Height;
        for (var y = 0; y < Side; y++)
        {
            var row = frame.Data.AsSpan(y * frame.Width, 4 * Side);
            row[..Side].Fill(White);
            row.Slice(Side, Side).Fill(Black);
            row.Slice(2 * Side, Side).Fill(turn ? White : Black);
            row.Slice(3 * Side, Side).Fill(loud ? White : Black);
        }

        for (var y = 0; y < Side / 2; y++)
        {
            frame.Data.AsSpan(pixels + (y * frame.Width / 2), 2 * Side).Fill(Grey);
            frame.Data.AsSpan((pixels * 5 / 4) + (y * frame.Width / 2), 2 * Side).Fill(Grey);
        }
    }

    /// <summary>Whether one of the samples is loud.</summary>
    public static bool IsLoud(ReadOnlySpan<float> samples)
    {
        foreach (var sample in samples)
        {
            if (Math.Abs(sample) >= Loud)
                return true;
        }

        return false;
    }
}
