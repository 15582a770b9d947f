using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>BT.601 limited-range YUV with chroma at half size, as WebRTC encoders take it.</summary>
public static class I420
{
    /// <summary>Weights of R, G, B (8-bit) in Y, U and V, without the offsets 16, 128 and 128.</summary>
    public static readonly float[] Matrix =
    [
        65.481f / 255, 128.553f / 255, 24.966f / 255,
        -37.797f / 255, -74.203f / 255, 112f / 255,
        112f / 255, -93.786f / 255, -18.214f / 255,
    ];

    /// <param name="image">Even width and height.</param>
    /// <returns>Y, then U and V.</returns>
    public static byte[] FromRgb(RgbImage image)
    {
        if (image.Width % 2 != 0 || image.Height % 2 != 0)
            throw new ArgumentException($"{image.Width} x {image.Height} is not even", nameof(image));
        var (w, h) = (image.Width, image.Height);
        var planes = new byte[w * h * 3 / 2];
        for (var i = 0; i < w * h; i++)
            planes[i] = Dot(image.Data.AsSpan(3 * i, 3), 0, 16);
        Span<byte> mean = stackalloc byte[3];
        for (var y = 0; y < h / 2; y++)
        {
            for (var x = 0; x < w / 2; x++)
            {
                for (var c = 0; c < 3; c++)
                {
                    var at = 3 * (2 * y * w + 2 * x) + c;
                    mean[c] = (byte)((image.Data[at] + image.Data[at + 3] + image.Data[at + 3 * w] + image.Data[at + 3 * w + 3] + 2) / 4);
                }
                planes[w * h + y * w / 2 + x] = Dot(mean, 1, 128);
                planes[w * h * 5 / 4 + y * w / 2 + x] = Dot(mean, 2, 128);
            }
        }
        return planes;
    }

    /// <summary>The inverse, for previews; chroma is repeated.</summary>
    public static RgbImage ToRgb(ReadOnlySpan<byte> planes, int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
        {
            for (var x = 0; x < width; x++)
            {
                var chroma = y / 2 * (width / 2) + x / 2;
                float l = 1.164f * (planes[y * width + x] - 16), u = planes[width * height + chroma] - 128, v = planes[width * height * 5 / 4 + chroma] - 128;
                var at = 3 * (y * width + x);
                image.Data[at] = (byte)Math.Clamp(l + 1.596f * v + 0.5f, 0, 255);
                image.Data[at + 1] = (byte)Math.Clamp(l - 0.392f * u - 0.813f * v + 0.5f, 0, 255);
                image.Data[at + 2] = (byte)Math.Clamp(l + 2.017f * u + 0.5f, 0, 255);
            }
        }
        return image;
    }

    private static byte Dot(ReadOnlySpan<byte> rgb, int row, float offset) =>
        (byte)Math.Clamp(Matrix[3 * row] * rgb[0] + Matrix[3 * row + 1] * rgb[1] + Matrix[3 * row + 2] * rgb[2] + offset + 0.5f, 0, 255);
}
