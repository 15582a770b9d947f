using System.Numerics;

namespace FADA.Realtime.Streaming.Animation.Eyes;

/// <summary>
/// Where each pixel of a plane comes from when the upper lids are down by a share of the way: the skin between brow and
/// lashes stretches, the lashes travel with the margin, and the eye behind stays where it is and is covered. No pixel
/// is painted anew.
/// </summary>
internal sealed class LidWarp
{
    // The margin goes a little beyond where the lower lid was found: a shut eye shows no white.
    private const float Overlap = 1.12f;

    // The lowest part of the moving skin, lashes and make-up, is not stretched: it travels as a whole.
    private const float LashShare = 0.18f;

    // Width in pixels over which lid and eye blend at the margin.
    private const float Edge = 1.2f;

    private readonly int[] _pixel;
    private readonly int[] _corner;
    private readonly Vector4[] _weights;
    private readonly float[] _share;
    private readonly int _stride;

    /// <param name="scale">Pixels of the picture per pixel of this plane: 1 for luma, 2 for chroma.</param>
    /// <param name="closure">0 to 1.</param>
    public LidWarp(IEnumerable<EyeShape> eyes, int width, int height, int scale, float closure)
    {
        _stride = width;
        var (pixel, corner, weights, share) = (new List<int>(), new List<int>(), new List<Vector4>(), new List<float>());
        foreach (var eye in eyes)
        {
            var (min, max) = Bounds(eye, scale);
            for (var y = Math.Max(1, (int)min.Y); y < Math.Min(height - 2, max.Y); y++)
            {
                for (var x = Math.Max(1, (int)min.X); x < Math.Min(width - 2, max.X); x++)
                {
                    var target = eye.ToEye(scale * new Vector2(x + 0.5f, y + 0.5f));
                    if (!TryFindSource(eye, target, closure, scale, out var source, out var part))
                        continue;
                    var from = (eye.ToPicture(source) / scale) - new Vector2(0.5f);
                    var (i, j) = (Math.Clamp((int)from.X, 0, width - 2), Math.Clamp((int)from.Y, 0, height - 2));
                    var (a, b) = (Math.Clamp(from.X - i, 0, 1), Math.Clamp(from.Y - j, 0, 1));
                    pixel.Add((y * width) + x);
                    corner.Add((j * width) + i);
                    weights.Add(new Vector4((1 - a) * (1 - b), a * (1 - b), (1 - a) * b, a * b));
                    share.Add(part);
                }
            }
        }

        (_pixel, _corner, _weights, _share) = ([.. pixel], [.. corner], [.. weights], [.. share]);
    }

    /// <summary>Writes the pixels that move; the target holds a copy of the source otherwise.</summary>
    public void Apply(ReadOnlySpan<byte> source, Span<byte> target)
    {
        for (var n = 0; n < _pixel.Length; n++)
        {
            var c = _corner[n];
            var lid = Vector4.Dot(new Vector4(source[c], source[c + 1], source[c + _stride], source[c + _stride + 1]), _weights[n]);
            var before = source[_pixel[n]];
            target[_pixel[n]] = (byte)(before + (_share[n] * (lid - before)) + 0.5f);
        }
    }

    private static bool TryFindSource(EyeShape eye, Vector2 target, float closure, int scale, out Vector2 source, out float share)
    {
        (source, share) = (target, 0);
        if (target.X is <= 0 or >= 1)
            return false;
        var margin = eye.Upper.At(target.X);
        var travel = closure * Overlap * (eye.Lower.At(target.X) - margin);
        var top = margin - eye.Skin;
        var edge = Edge * scale / eye.Width / 2;
        if (travel <= 0 || target.Y <= top || target.Y >= margin + travel + edge)
            return false;
        share = Math.Clamp((margin + travel - target.Y + edge) / (2 * edge), 0, 1);

        // The way from the source to the target grows smoothly from nothing at the top to all of it at the margin.
        var (low, high) = (top, margin + edge);
        for (var i = 0; i < 20; i++)
        {
            var middle = (low + high) / 2;
            if (middle + (travel * Smooth((middle - top) / (eye.Skin * (1 - LashShare)))) < target.Y)
                low = middle;
            else
                high = middle;
        }

        source = new Vector2(target.X, (low + high) / 2);
        return true;
    }

    private static float Smooth(float x)
    {
        var t = Math.Clamp(x, 0, 1);
        return t * t * (3 - (2 * t));
    }

    private static (Vector2 Min, Vector2 Max) Bounds(EyeShape eye, int scale)
    {
        var (min, max) = (new Vector2(float.MaxValue), new Vector2(float.MinValue));
        foreach (var corner in (Vector2[])[new(0, -1.2f), new(1, -1.2f), new(0, 0.6f), new(1, 0.6f)])
        {
            var p = eye.ToPicture(corner) / scale;
            (min, max) = (Vector2.Min(min, p), Vector2.Max(max, p));
        }

        return (min - Vector2.One, max + Vector2.One);
    }
}
