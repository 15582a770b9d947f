using System.Numerics;
using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Faces.Detection;

/// <summary>The mesh of one face: 468 points in image pixels (see <see cref="FacePoints"/>) and the net's presence score.</summary>
public sealed class FaceLandmarks
{
    public FaceLandmarks(Vector2[] points, float presence)
    {
        if (points.Length != FacePoints.Count)
            throw new ArgumentException($"{points.Length} points where a face has {FacePoints.Count}", nameof(points));
        (Points, Presence) = (points, presence);
    }

    public Vector2[] Points { get; }

    /// <summary>0 to 1: how sure the landmark net is that its crop held a face.</summary>
    public float Presence { get; }

    /// <summary>Distance between the outer eye corners, in pixels.</summary>
    public float EyeDistance => Vector2.Distance(Points[FacePoints.LeftEyeOuter], Points[FacePoints.RightEyeOuter]);

    /// <summary>Distance between the inner lips over the eye distance.</summary>
    public float MouthOpening => Vector2.Distance(Points[FacePoints.InnerLipUpper], Points[FacePoints.InnerLipLower]) / EyeDistance;

    /// <summary>Corners of the smallest upright rectangle around all points.</summary>
    public (Vector2 Min, Vector2 Max) Bounds
    {
        get
        {
            var (min, max) = (Points[0], Points[0]);
            foreach (var p in Points)
                (min, max) = (Vector2.Min(min, p), Vector2.Max(max, p));
            return (min, max);
        }
    }
}
