namespace FADA.Realtime.Faces.Images;

/// <summary>A picture of 8-bit sRGB pixels, three bytes each, rows without padding.</summary>
public sealed class RgbImage
{
    public RgbImage(int width, int height) : this(width, height, new byte[checked(width * height * 3)])
    {
    }

    /// <summary>Wraps <paramref name="data"/> without a copy.</summary>
    public RgbImage(int width, int height, byte[] data)
    {
        if (width < 1 || height < 1 || data.Length < (long)width * height * 3)
            throw new ArgumentException($"{data.Length} bytes cannot hold {width} x {height} RGB pixels", nameof(data));
        (Width, Height, Data) = (width, height, data);
    }

    public int Width { get; }
    public int Height { get; }

    /// <summary>R, G, B of each pixel, row by row; at least Width x Height x 3 bytes.</summary>
    public byte[] Data { get; }
}
