using System.Numerics;
using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Streaming.Animation.Eyes;

/// <summary>One eye of a picture in its own frame: u from the left corner (0) to the right one (1), v down across that line.</summary>
internal sealed class EyeShape
{
    // What the upper lid takes with it: the skin up to this share of the way to the brow.
    private const float SkinShare = 0.8f;

    // Below this share of its width an eye is shut already, or the landmarks are no eye.
    private const float LeastOpening = 0.12f;
    private readonly Vector2 _origin;
    private readonly Vector2 _along;
    private readonly Vector2 _across;

    private EyeShape(Vector2 left, Vector2 right)
    {
        _origin = left;
        Width = Vector2.Distance(left, right);
        _along = (right - left) / Width;
        _across = new Vector2(-_along.Y, _along.X);
    }

    /// <summary>From corner to corner in pixels.</summary>
    public float Width { get; }

    public LidCurve Upper { get; private init; }

    public LidCurve Lower { get; private init; }

    /// <summary>How far above the lid's margin the skin moves with it, in widths.</summary>
    public float Skin { get; private init; }

    public bool IsOpen => Lower.At(0.5f) - Upper.At(0.5f) > LeastOpening;

    /// <param name="landmarks">The 468 points of the face.</param>
    public static EyeShape Left(ReadOnlySpan<Vector2> landmarks) =>
        Of(landmarks, FacePoints.LeftEyeUpperLid, FacePoints.LeftEyeLowerLid, FacePoints.LeftBrow);

    /// <param name="landmarks">The 468 points of the face.</param>
    public static EyeShape Right(ReadOnlySpan<Vector2> landmarks) =>
        Of(landmarks, FacePoints.RightEyeUpperLid, FacePoints.RightEyeLowerLid, FacePoints.RightBrow);

    public Vector2 ToEye(Vector2 p) => new Vector2(Vector2.Dot(p - _origin, _along), Vector2.Dot(p - _origin, _across)) / Width;

    public Vector2 ToPicture(Vector2 eye) => _origin + (Width * ((eye.X * _along) + (eye.Y * _across)));

    private static EyeShape Of(ReadOnlySpan<Vector2> landmarks, ReadOnlySpan<int> upper, ReadOnlySpan<int> lower, ReadOnlySpan<int> brow)
    {
        var frame = new EyeShape(landmarks[upper[0]], landmarks[upper[^1]]);
        var curve = LidCurve.Fit(Points(frame, landmarks, upper[1..^1]));
        var toBrow = Points(frame, landmarks, brow).Where(p => p.X is > 0.1f and < 0.9f).Select(p => curve.At(p.X) - p.Y).DefaultIfEmpty(0.4f).Min();
        return new EyeShape(landmarks[upper[0]], landmarks[upper[^1]])
        {
            Upper = curve,
            Lower = LidCurve.Fit(Points(frame, landmarks, lower[1..^1])),
            Skin = SkinShare * Math.Clamp(toBrow, 0.2f, 0.7f),
        };
    }

    private static Vector2[] Points(EyeShape frame, ReadOnlySpan<Vector2> landmarks, ReadOnlySpan<int> indices)
    {
        var points = new Vector2[indices.Length];
        for (var i = 0; i < points.Length; i++)
            points[i] = frame.ToEye(landmarks[indices[i]]);
        return points;
    }
}
