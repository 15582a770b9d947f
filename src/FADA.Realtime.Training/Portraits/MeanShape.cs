using System.Numerics;
using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Training.Portraits;

/// <summary>The average of several faces' shapes, placed in the portrait.</summary>
internal static class MeanShape
{
    // Outer eye corners this share of the side apart, their middle at this height: the corpus shows little of the
    // shoulders, so the head is a little larger and lower than in a portrait made from a photograph.
    private const float EyeShare = 0.23f;
    private const float EyeHeight = 0.47f;

    /// <returns>468 points in pixels of a square portrait; the eyes are level.</returns>
    public static Vector2[] Of(IReadOnlyList<Vector2[]> faces, int side)
    {
        var even = Enumerable.Repeat(1f, FacePoints.Count).ToArray();
        var mean = Align(faces[0], FaceCrop.FromLandmarks(faces[0]));
        for (var round = 0; round < 3; round++)
        {
            var aligned = faces.Select(f => Align(f, CropTransform.Fit(f, mean, even))).ToList();
            mean = [.. Enumerable.Range(0, FacePoints.Count).Select(i => aligned.Aggregate(Vector2.Zero, (sum, f) => sum + f[i]) / aligned.Count)];
        }
        var (left, right) = (mean[FacePoints.LeftEyeOuter], mean[FacePoints.RightEyeOuter]);
        var (middle, half) = (new Vector2(0.5f, EyeHeight) * side, new Vector2(EyeShare * side / 2, 0));
        return Align(mean, CropTransform.Fit([left, right], [middle - half, middle + half], [1, 1]));
    }

    private static Vector2[] Align(Vector2[] points, CropTransform transform) => [.. points.Select(transform.Apply)];
}
