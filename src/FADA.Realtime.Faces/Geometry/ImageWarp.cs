using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Runtime.Intrinsics;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Faces.Geometry;

/// <summary>
/// Resamples a picture through a similarity. Enlarging: Catmull-Rom or linear; shrinking: the mean of a grid of linear
/// samples as fine as the source. Beyond the border the nearest pixel is repeated.
/// </summary>
public static class ImageWarp
{
    private const int MaxGrid = 16;

    /// <summary>Fills <paramref name="target"/> (RGB, width x height x 3 bytes).</summary>
    public static void ToBytes(RgbImage source, CropTransform toTarget, int width, int height, Span<byte> target, bool cubic = true)
    {
        var sampler = new Sampler(source, toTarget, cubic);
        for (int y = 0, o = 0; y < height; y++)
            for (var x = 0; x < width; x++, o += 3)
            {
                var rgb = Vector128.ConvertToInt32(Vector128.Clamp(sampler.At(x, y), Vector128<float>.Zero, Vector128.Create(255f)) + Vector128.Create(0.5f));
                (target[o], target[o + 1], target[o + 2]) = ((byte)rgb[0], (byte)rgb[1], (byte)rgb[2]);
            }
    }

    /// <summary>Fills <paramref name="target"/> with value * scale + offset, for a network's input (NHWC).</summary>
    public static void ToFloats(RgbImage source, CropTransform toTarget, int width, int height, Span<float> target, float scale, float offset)
    {
        var sampler = new Sampler(source, toTarget, cubic: false);
        for (int y = 0, o = 0; y < height; y++)
            for (var x = 0; x < width; x++, o += 3)
            {
                var rgb = sampler.At(x, y) * scale + Vector128.Create(offset);
                (target[o], target[o + 1], target[o + 2]) = (rgb[0], rgb[1], rgb[2]);
            }
    }

    private readonly ref struct Sampler
    {
        private readonly ref byte _data;
        private readonly int _width, _height, _grid;
        private readonly CropTransform _toSource;
        private readonly bool _cubic;

        public Sampler(RgbImage source, CropTransform toTarget, bool cubic)
        {
            _data = ref MemoryMarshal.GetArrayDataReference(source.Data);
            (_width, _height) = (source.Width, source.Height);
            _toSource = toTarget.Inverse();
            _grid = Math.Clamp((int)MathF.Ceiling(_toSource.Scale - 0.05f), 1, MaxGrid);
            _cubic = cubic && _grid == 1;
        }

        public Vector128<float> At(int x, int y)
        {
            if (_grid == 1)
            {
                var p = _toSource.Apply(new Vector2(x + 0.5f, y + 0.5f));
                return _cubic ? Cubic(p.X - 0.5f, p.Y - 0.5f) : Linear(p.X - 0.5f, p.Y - 0.5f);
            }
            var sum = Vector128<float>.Zero;
            for (var j = 0; j < _grid; j++)
                for (var i = 0; i < _grid; i++)
                {
                    var p = _toSource.Apply(new Vector2(x + (i + 0.5f) / _grid, y + (j + 0.5f) / _grid));
                    sum += Linear(p.X - 0.5f, p.Y - 0.5f);
                }
            return sum * (1f / (_grid * _grid));
        }

        private Vector128<float> Linear(float x, float y)
        {
            x = Math.Clamp(x, 0, _width - 1);
            y = Math.Clamp(y, 0, _height - 1);
            var (x0, y0) = ((int)x, (int)y);
            var (x1, y1) = (Math.Min(x0 + 1, _width - 1), Math.Min(y0 + 1, _height - 1));
            var (u, v) = (x - x0, y - y0);
            var top = Pixel(x0, y0) * (1 - u) + Pixel(x1, y0) * u;
            var bottom = Pixel(x0, y1) * (1 - u) + Pixel(x1, y1) * u;
            return top * (1 - v) + bottom * v;
        }

        private Vector128<float> Cubic(float x, float y)
        {
            x = Math.Clamp(x, 0, _width - 1);
            y = Math.Clamp(y, 0, _height - 1);
            var (x0, y0) = ((int)x, (int)y);
            var (u, v) = (CatmullRom(x - x0), CatmullRom(y - y0));
            int xa = Math.Max(x0 - 1, 0), xc = Math.Min(x0 + 1, _width - 1), xd = Math.Min(x0 + 2, _width - 1);
            var sum = Vector128<float>.Zero;
            for (var j = 0; j < 4; j++)
            {
                var row = Math.Clamp(y0 + j - 1, 0, _height - 1);
                sum += v[j] * (Pixel(xa, row) * u[0] + Pixel(x0, row) * u[1] + Pixel(xc, row) * u[2] + Pixel(xd, row) * u[3]);
            }
            return sum;
        }

        private static Vector128<float> CatmullRom(float t)
        {
            var (t2, t3) = (t * t, t * t * t);
            return Vector128.Create(-0.5f * t3 + t2 - 0.5f * t, 1.5f * t3 - 2.5f * t2 + 1, -1.5f * t3 + 2 * t2 + 0.5f * t, 0.5f * t3 - 0.5f * t2);
        }

        // Four bytes are read for the three of a pixel; the last pixel of the picture is read one byte early.
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        private Vector128<float> Pixel(int x, int y)
        {
            var index = y * _width + x;
            var last = index == _width * _height - 1 ? 1 : 0;
            var four = Unsafe.ReadUnaligned<uint>(ref Unsafe.Add(ref _data, 3 * index - last)) >> (8 * last);
            var wide = Vector128.WidenLower(Vector128.WidenLower(Vector128.CreateScalar(four).AsByte()));
            return Vector128.ConvertToSingle(wide.AsInt32());
        }
    }
}
