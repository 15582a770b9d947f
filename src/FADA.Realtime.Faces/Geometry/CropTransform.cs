using System.Numerics;

namespace FADA.Realtime.Faces.Geometry;

/// <summary>
/// A similarity of the plane (turn, uniform scale, shift): x' = A x - B y + Tx, y' = B x + A y + Ty, between pixel
/// coordinates in which the centre of the first pixel is (0.5, 0.5).
/// </summary>
public readonly record struct CropTransform(float A, float B, float Tx, float Ty)
{
    public static CropTransform Identity => new(1, 0, 0, 0);

    /// <summary>How many target pixels one source pixel becomes along a line.</summary>
    public float Scale => MathF.Sqrt(A * A + B * B);

    /// <summary>Turn in radians, clockwise on a screen.</summary>
    public float Angle => MathF.Atan2(B, A);

    public Vector2 Apply(Vector2 p) => new(A * p.X - B * p.Y + Tx, B * p.X + A * p.Y + Ty);

    public CropTransform Inverse()
    {
        var d = A * A + B * B;
        var (a, b) = (A / d, -B / d);
        return new(a, b, -(a * Tx - b * Ty), -(b * Tx + a * Ty));
    }

    /// <summary>This transform, then <paramref name="next"/>.</summary>
    public CropTransform Then(CropTransform next)
    {
        var t = next.Apply(new Vector2(Tx, Ty));
        return new(next.A * A - next.B * B, next.B * A + next.A * B, t.X, t.Y);
    }

    /// <summary>The 2x3 matrix, row by row.</summary>
    public float[] ToMatrix() => [A, -B, Tx, B, A, Ty];

    public static CropTransform FromMatrix(ReadOnlySpan<float> m) => new(m[0], m[3], m[2], m[5]);

    /// <summary>Square of side <paramref name="size"/> around a centre, turned by an angle, onto a target square.</summary>
    public static CropTransform Square(Vector2 centre, float size, float angle, float target)
    {
        var s = target / size;
        var (a, b) = (s * MathF.Cos(-angle), s * MathF.Sin(-angle));
        return new(a, b, target / 2 - (a * centre.X - b * centre.Y), target / 2 - (b * centre.X + a * centre.Y));
    }

    /// <summary>The similarity that brings <paramref name="from"/> nearest to <paramref name="to"/> (weighted least squares).</summary>
    public static CropTransform Fit(ReadOnlySpan<Vector2> from, ReadOnlySpan<Vector2> to, ReadOnlySpan<float> weights)
    {
        if (from.Length != to.Length || from.Length != weights.Length || from.Length < 2)
            throw new ArgumentException($"{from.Length} points, {to.Length} targets and {weights.Length} weights: at least two of each are needed, as many of all");
        Vector2 p = default, q = default;
        float total = 0;
        for (var i = 0; i < from.Length; i++)
            (p, q, total) = (p + weights[i] * from[i], q + weights[i] * to[i], total + weights[i]);
        (p, q) = (p / total, q / total);
        float a = 0, b = 0, spread = 0;
        for (var i = 0; i < from.Length; i++)
        {
            var (u, v) = (from[i] - p, to[i] - q);
            a += weights[i] * Vector2.Dot(u, v);
            b += weights[i] * (u.X * v.Y - u.Y * v.X);
            spread += weights[i] * u.LengthSquared();
        }
        if (spread < 1e-12f)
            throw new ArgumentException("all points are the same", nameof(from));
        (a, b) = (a / spread, b / spread);
        return new(a, b, q.X - (a * p.X - b * p.Y), q.Y - (b * p.X + a * p.Y));
    }
}
