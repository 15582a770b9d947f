using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>Where the mouth is in a portrait, so that a test looks at lips and not at a guess.</summary>
internal static class MouthRegion
{
    /// <summary>x, y, width and height in shares of the picture: between the lips, where an opening mouth turns dark or shows teeth.</summary>
    public static double[] Of(byte[] portrait)
    {
        var image = PortraitImage.Decode(portrait);
        using var finder = new FaceFinder();
        var points = finder.Find(image)[0].Points;
        var (left, right) = (points[FacePoints.InnerLipLeft], points[FacePoints.InnerLipRight]);
        var centre = (points[FacePoints.InnerLipUpper] + points[FacePoints.InnerLipLower]) / 2;
        var (width, height) = (0.6f * (right.X - left.X), 0.3f * (right.X - left.X));
        return [(centre.X - width / 2) / image.Width, (centre.Y - height / 2) / image.Height, width / image.Width, height / image.Height];
    }
}
