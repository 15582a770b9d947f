using System.Numerics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Streaming.Animation;

/// <summary>Cuts the video picture out of a portrait: a square around the head, as much of the shoulders as there is.</summary>
public static class PortraitFraming
{
    /// <summary>Side of the video in pixels.</summary>
    public const int Side = 512;

    // The distance between the outer eye corners is this share of the video's side: head and shoulders.
    private const float EyeShare = 0.20f;

    // The middle of the eyes lies at this height.
    private const float EyeHeight = 0.40f;

    /// <summary>The video picture and where its face crop lies (picture pixels to crop pixels).</summary>
    public static (RgbImage Picture, CropTransform ToCrop) Frame(RgbImage portrait, FaceLandmarks face)
    {
        var eyes = (face.Points[FacePoints.LeftEyeOuter] + face.Points[FacePoints.RightEyeOuter]) / 2;
        var side = Math.Min(face.EyeDistance / EyeShare, MathF.Min(portrait.Width, portrait.Height));
        var left = Clamp(eyes.X - side / 2, portrait.Width - side);
        var top = Clamp(eyes.Y - side * EyeHeight, portrait.Height - side);
        var toPicture = CropTransform.Square(new Vector2(left + side / 2, top + side / 2), side, 0, Side);
        var picture = new RgbImage(Side, Side);
        ImageWarp.ToBytes(portrait, toPicture, Side, Side, picture.Data);
        return (picture, toPicture.Inverse().Then(FaceCrop.FromLandmarks(face.Points)));
    }

    private static float Clamp(float at, float most) => Math.Clamp(at, 0, Math.Max(0, most));
}
