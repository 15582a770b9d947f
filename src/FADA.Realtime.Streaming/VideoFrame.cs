namespace FADA.Realtime.Streaming;

/// <summary>One picture in I420 (BT.601 limited range, planes Y, U, V without padding). Width and height are even.</summary>
public sealed class VideoFrame(int width, int height)
{
    public int Width { get; } = width;
    public int Height { get; } = height;

    /// <summary>Y (width x height), then U and V (each width/2 x height/2).</summary>
    public byte[] Data { get; } = new byte[width * height * 3 / 2];
}
