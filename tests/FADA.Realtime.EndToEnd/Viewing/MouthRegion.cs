using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>Where the mouth is in a portrait, so that a test looks at lips and not at a guess.</summary>
internal static class MouthRegion
{
    /// <summary>x, y, width and height in shares of the picture: the lips and a third of their width around.</summary>
    public static double[] Of(byte[] portrait)
    {
        var image = PortraitImage.Decode(portrait);
        using var finder = new FaceFinder();
        var points = finder.Find(image)[0].Points;
        var lips = FacePoints.OuterLips.ToArray().Select(i => points[i]).ToList();
        var (left, right, top, bottom) = (lips.Min(p => p.X), lips.Max(p => p.X), lips.Min(p => p.Y), lips.Max(p => p.Y));
        var margin = (right - left) / 3;
        return
        [
            (left - margin) / image.Width, (top - margin) / image.Height,
            (right - left + 2 * margin) / image.Width, (bottom - top + 2 * margin) / image.Height,
        ];
    }
}
