using System.Numerics;

namespace FADA.Realtime.Training.Portraits;

/// <summary>
/// Smooth deformation that carries one set of points to another: moving least squares with similarities (Schaefer et al.
/// 2006, eq. 6). Far from all points it is one similarity, so hair and shoulders are moved and never bent.
/// </summary>
internal sealed class ShapeWarp
{
    // Computed on a grid and interpolated; the landmarks' own error is larger.
    private const int Step = 4;
    private readonly Vector2[] _grid;
    private readonly int _columns;

    /// <param name="from">Points of the target picture.</param>
    /// <param name="to">The same points in the source picture.</param>
    /// <param name="softness">Pixels within which points are averaged rather than met exactly.</param>
    public ShapeWarp(Vector2[] from, Vector2[] to, int width, int height, float softness)
    {
        (_columns, var rows) = (width / Step + 2, height / Step + 2);
        _grid = new Vector2[_columns * rows];
        for (var j = 0; j < rows; j++)
            for (var i = 0; i < _columns; i++)
                _grid[j * _columns + i] = Move(new Vector2(i * Step, j * Step), from, to, softness * softness);
    }

    /// <summary>Where a target point lies in the source picture.</summary>
    public Vector2 At(Vector2 p)
    {
        var (x, y) = (p.X / Step, p.Y / Step);
        var (i, j) = ((int)x, (int)y);
        var at = j * _columns + i;
        return Vector2.Lerp(Vector2.Lerp(_grid[at], _grid[at + 1], x - i), Vector2.Lerp(_grid[at + _columns], _grid[at + _columns + 1], x - i), y - j);
    }

    public FloatImage Apply(FloatImage source, int width, int height)
    {
        var result = new FloatImage(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                result[x, y] = source.Sample(At(new Vector2(x + 0.5f, y + 0.5f)));
        return result;
    }

    private static Vector2 Move(Vector2 v, Vector2[] from, Vector2[] to, float soft)
    {
        Vector2 p = default, q = default;
        float total = 0;
        for (var i = 0; i < from.Length; i++)
        {
            var w = Weight(v, from[i], soft);
            (p, q, total) = (p + w * from[i], q + w * to[i], total + w);
        }
        (p, q) = (p / total, q / total);
        float a = 0, b = 0, spread = 0;
        for (var i = 0; i < from.Length; i++)
        {
            var w = Weight(v, from[i], soft);
            var (u, t) = (from[i] - p, to[i] - q);
            a += w * Vector2.Dot(u, t);
            b += w * (u.X * t.Y - u.Y * t.X);
            spread += w * u.LengthSquared();
        }
        var d = v - p;
        return q + new Vector2(a * d.X - b * d.Y, b * d.X + a * d.Y) / spread;
    }

    private static float Weight(Vector2 v, Vector2 point, float soft)
    {
        var d = Vector2.DistanceSquared(v, point) + soft;
        return 1 / (d * d);
    }
}
