using System.Numerics;

namespace FADA.Realtime.Streaming.Animation.Eyes;

/// <summary>
/// A lid's margin between the corners of its eye: v(u) = u (1 - u) (a + b u + c u²), u from 0 to 1 along the line from
/// corner to corner and v across it, both in units of that line's length. A curve of few freedoms: the landmarks
/// tremble, a lid does not.
/// </summary>
internal readonly record struct LidCurve(float A, float B, float C)
{
    public float At(float u) => u <= 0 || u >= 1 ? 0 : u * (1 - u) * (A + (B * u) + (C * u * u));

    /// <summary>The curve nearest to points (least squares); at least three of them between the corners.</summary>
    public static LidCurve Fit(IEnumerable<Vector2> points)
    {
        // Normal equations of three unknowns, a little damped so that odd points do not bend the ends.
        Span<double> m = stackalloc double[9];
        Span<double> r = stackalloc double[3];
        Span<double> basis = stackalloc double[3];
        foreach (var p in points)
        {
            var w = p.X * (1.0 - p.X);
            (basis[0], basis[1], basis[2]) = (w, w * p.X, w * p.X * p.X);
            for (var i = 0; i < 3; i++)
            {
                r[i] += basis[i] * p.Y;
                for (var j = 0; j < 3; j++)
                    m[(3 * i) + j] += basis[i] * basis[j];
            }
        }

        for (var i = 0; i < 3; i++)
            m[4 * i] += 1e-4;
        var determinant = Determinant(m[0], m[1], m[2], m[3], m[4], m[5], m[6], m[7], m[8]);
        return new LidCurve(
            (float)(Determinant(r[0], m[1], m[2], r[1], m[4], m[5], r[2], m[7], m[8]) / determinant),
            (float)(Determinant(m[0], r[0], m[2], m[3], r[1], m[5], m[6], r[2], m[8]) / determinant),
            (float)(Determinant(m[0], m[1], r[0], m[3], m[4], r[1], m[6], m[7], r[2]) / determinant));
    }

    private static double Determinant(double a, double b, double c, double d, double e, double f, double g, double h, double i) =>
        (a * ((e * i) - (f * h))) - (b * ((d * i) - (f * g))) + (c * ((d * h) - (e * g)));
}
