using System.Numerics;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Faces.Geometry;

/// <summary>
/// The canonical face crop that the networks see: 256 x 256, outer eye corners of an average face at (0.31, 0.36) and
/// (0.69, 0.36) of the side. An adult's chin then lies at 0.85 (standard deviation 0.03) and at 0.91 with the mouth
/// wide open, the brows at 0.26, so that lips and jaw never leave the crop while it holds the head still.
/// </summary>
public static class FaceCrop
{
    /// <summary>Side of the crop in pixels.</summary>
    public const int Size = 256;

    private const float EyeLeft = 0.31f, EyeSpan = 0.38f, EyeHeight = 0.36f;

    // Points that bone holds, with their mean place over 50 speakers in units of the outer eye corners' distance from
    // the left one. The nose weighs less: it swings when the head turns. Lips and jaw must have no say at all.
    private static readonly (int Index, float X, float Y, float Weight)[] Stable =
    [
        (FacePoints.LeftEyeOuter, 0, 0, 1), (FacePoints.LeftEyeInner, 0.305f, 0.015f, 1),
        (FacePoints.RightEyeInner, 0.695f, 0.015f, 1), (FacePoints.RightEyeOuter, 1, 0, 1),
        (FacePoints.NoseRoot, 0.5f, -0.052f, 1), (FacePoints.NoseUpper, 0.5f, 0.031f, 1),
        (FacePoints.NoseMiddle, 0.5f, 0.108f, 0.5f), (FacePoints.NoseLower, 0.5f, 0.180f, 0.3f), (FacePoints.NoseTip, 0.5f, 0.353f, 0.3f),
    ];

    private static readonly Vector2[] Targets = [.. Stable.Select(s => Size * new Vector2(EyeLeft + EyeSpan * s.X, EyeHeight + EyeSpan * s.Y))];
    private static readonly float[] Weights = [.. Stable.Select(s => s.Weight)];

    /// <summary>How many points fix the crop.</summary>
    public static int AnchorCount => Stable.Length;

    /// <summary>The points that fix the crop, taken from 468 landmarks.</summary>
    public static Vector2[] Anchors(ReadOnlySpan<Vector2> landmarks)
    {
        var anchors = new Vector2[Stable.Length];
        for (var i = 0; i < anchors.Length; i++)
            anchors[i] = landmarks[Stable[i].Index];
        return anchors;
    }

    /// <summary>Image pixels to crop pixels, from (smoothed) <see cref="Anchors"/>.</summary>
    public static CropTransform FromAnchors(ReadOnlySpan<Vector2> anchors) => CropTransform.Fit(anchors, Targets, Weights);

    /// <summary>Image pixels to crop pixels, for a single picture.</summary>
    public static CropTransform FromLandmarks(ReadOnlySpan<Vector2> landmarks) => FromAnchors(Anchors(landmarks));

    /// <summary>Cuts the crop out of a picture: Catmull-Rom when it grows, area mean when it shrinks.</summary>
    public static RgbImage Extract(RgbImage image, CropTransform toCrop)
    {
        var crop = new RgbImage(Size, Size);
        ImageWarp.ToBytes(image, toCrop, Size, Size, crop.Data);
        return crop;
    }
}
