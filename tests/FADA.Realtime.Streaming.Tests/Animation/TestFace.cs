using System.Numerics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Streaming.Tests.Animation;

/// <summary>Landmarks of a frontal face; only the points that fix a crop are where a face has them.</summary>
internal static class TestFace
{
    /// <param name="eyes">The middle between the outer eye corners.</param>
    /// <param name="eyeDistance">Between the outer eye corners, pixels.</param>
    public static FaceLandmarks At(Vector2 eyes, float eyeDistance)
    {
        var points = new Vector2[FacePoints.Count];
        Array.Fill(points, eyes + new Vector2(0, 0.4f * eyeDistance));
        foreach (var (index, x, y) in new[]
        {
            (FacePoints.LeftEyeOuter, -0.5f, 0f), (FacePoints.LeftEyeInner, -0.2f, 0.015f), (FacePoints.RightEyeInner, 0.2f, 0.015f), (FacePoints.RightEyeOuter, 0.5f, 0f),
            (FacePoints.NoseRoot, 0, -0.05f), (FacePoints.NoseUpper, 0, 0.03f), (FacePoints.NoseMiddle, 0, 0.11f), (FacePoints.NoseLower, 0, 0.18f), (FacePoints.NoseTip, 0, 0.35f),
        })
            points[index] = eyes + eyeDistance * new Vector2(x, y);
        return new FaceLandmarks(points, 1);
    }
}
