using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Training.Clips;

namespace FADA.Realtime.Training.Portraits;

/// <summary>Where the blended face covers the frame-giver: from below the hairline to the jaw, with soft edges.</summary>
internal static class FaceMask
{
    // Upper edge: this share of the way from the brows up to the forehead's outline, below anybody's fringe.
    private const float Forehead = 0.45f;
    private const int Brow = 105;

    /// <returns>0 to 1 per pixel.</returns>
    public static float[] Of(Vector2[] shape, int side)
    {
        var eye = Vector2.Distance(shape[FacePoints.LeftEyeOuter], shape[FacePoints.RightEyeOuter]);
        var centre = (shape[FacePoints.LeftEyeOuter] + shape[FacePoints.RightEyeOuter]) / 2 + new Vector2(0, 0.45f * eye);
        var top = float.Lerp(shape[Brow].Y, shape[FacePoints.Forehead].Y, Forehead);
        var feather = 0.10f * eye;
        var outline = FacePoints.Oval.ToArray().Select(i =>
        {
            var p = shape[i];
            p += Vector2.Normalize(centre - p) * 0.06f * eye;
            return p with { Y = MathF.Max(p.Y, top) };
        }).ToArray();
        var mask = new FloatImage(side, side);
        PolygonMask.Scan(outline, side, side, (y, x, n) =>
        {
            for (var i = x; i < x + n; i++)
                mask[i, y] = Vector3.One;
        });
        return [.. mask.Blur(feather / 2).Pixels.Select(p => p.X)];
    }
}
