using System.Numerics;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Training.Portraits;

/// <summary>A picture in floating point: R, G, B in sRGB's own curve, 0 to 1 (and beyond, between steps).</summary>
internal sealed class FloatImage(int width, int height)
{
    public int Width { get; } = width;
    public int Height { get; } = height;
    public Vector3[] Pixels { get; } = new Vector3[width * height];

    public Vector3 this[int x, int y]
    {
        get => Pixels[y * Width + x];
        set => Pixels[y * Width + x] = value;
    }

    public static FloatImage From(RgbImage image)
    {
        var result = new FloatImage(image.Width, image.Height);
        for (var i = 0; i < result.Pixels.Length; i++)
            result.Pixels[i] = new Vector3(image.Data[3 * i], image.Data[3 * i + 1], image.Data[3 * i + 2]) / 255;
        return result;
    }

    public RgbImage ToBytes()
    {
        var image = new RgbImage(Width, Height);
        for (var i = 0; i < Pixels.Length; i++)
            for (var c = 0; c < 3; c++)
                image.Data[3 * i + c] = (byte)(Math.Clamp(Pixels[i][c], 0, 1) * 255 + 0.5f);
        return image;
    }

    public FloatImage Map(Func<Vector3, Vector3> change)
    {
        var result = new FloatImage(Width, Height);
        for (var i = 0; i < Pixels.Length; i++)
            result.Pixels[i] = change(Pixels[i]);
        return result;
    }

    /// <summary>Catmull-Rom between pixels; beyond the border the nearest pixel is repeated.</summary>
    /// <param name="at">The centre of the first pixel is (0.5, 0.5).</param>
    public Vector3 Sample(Vector2 at)
    {
        var (x, y) = (Math.Clamp(at.X - 0.5f, 0, Width - 1), Math.Clamp(at.Y - 0.5f, 0, Height - 1));
        var (x0, y0) = ((int)x, (int)y);
        var (u, v) = (CatmullRom(x - x0), CatmullRom(y - y0));
        var sum = Vector3.Zero;
        for (var j = 0; j < 4; j++)
        {
            var row = Math.Clamp(y0 + j - 1, 0, Height - 1) * Width;
            for (var i = 0; i < 4; i++)
                sum += u[i] * v[j] * Pixels[row + Math.Clamp(x0 + i - 1, 0, Width - 1)];
        }
        return sum;
    }

    /// <summary>Gaussian of a standard deviation in pixels; the border is repeated.</summary>
    public FloatImage Blur(float sigma)
    {
        var radius = (int)MathF.Ceiling(3 * sigma);
        var kernel = Enumerable.Range(-radius, 2 * radius + 1).Select(i => MathF.Exp(-0.5f * i * i / (sigma * sigma))).ToArray();
        var total = kernel.Sum();
        var (across, result) = (new FloatImage(Width, Height), new FloatImage(Width, Height));
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var sum = Vector3.Zero;
                for (var k = -radius; k <= radius; k++)
                    sum += kernel[k + radius] * Pixels[y * Width + Math.Clamp(x + k, 0, Width - 1)];
                across.Pixels[y * Width + x] = sum / total;
            }
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var sum = Vector3.Zero;
                for (var k = -radius; k <= radius; k++)
                    sum += kernel[k + radius] * across.Pixels[Math.Clamp(y + k, 0, Height - 1) * Width + x];
                result.Pixels[y * Width + x] = sum / total;
            }
        return result;
    }

    private static Vector4 CatmullRom(float t)
    {
        var (t2, t3) = (t * t, t * t * t);
        return new(-0.5f * t3 + t2 - 0.5f * t, 1.5f * t3 - 2.5f * t2 + 1, -1.5f * t3 + 2 * t2 + 0.5f * t, 0.5f * t3 - 0.5f * t2);
    }
}
