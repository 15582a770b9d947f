using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Training.Clips;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Lips;

/// <summary>
/// The lips of a frame as 40 numbers that a mirrored face shares: for each contour the heights of its points, left and right
/// averaged, from the lips' centre, and the half widths between them; in % of the clip's inter-ocular distance.
/// </summary>
public static class LipShape
{
    public const int Size = 40;

    // Where the middles of the inner contour lie among the 40.
    private const int InnerUpper = 25, InnerLower = 26;

    // Positions in a contour of 20 points that begins at the left corner and goes over the upper lip: k faces Mirror(k).
    private static readonly int[] _left = [0, 1, 2, 3, 4, 16, 17, 18, 19];
    private static readonly int[] _heights = [0, 1, 2, 3, 4, 5, 15, 16, 17, 18, 19];

    /// <summary>(Frames, 40), row by row.</summary>
    public static float[] Measure(Clip clip)
    {
        var shapes = new float[clip.Frames * Size];
        double ruler = 0;
        for (var f = 0; f < clip.Frames; f++)
            ruler += EyeDistance(Face(clip, f)) / clip.Frames;
        for (var f = 0; f < clip.Frames; f++)
            Measure(Face(clip, f), (float)ruler / 100, shapes.AsSpan(f * Size, Size));
        return shapes;
    }

    /// <param name="face">(468, 2)</param>
    /// <param name="unit">Length that counts as 1.</param>
    internal static void Measure(ReadOnlySpan<float> face, float unit, Span<float> shape)
    {
        float centre = 0;
        foreach (var contour in (ReadOnlySpan<int>)[.. FacePoints.OuterLips, .. FacePoints.InnerLips])
            centre += face[contour * 2 + 1] / 40;
        var at = 0;
        foreach (var contour in new[] { FacePoints.OuterLips.ToArray(), FacePoints.InnerLips.ToArray() })
        {
            foreach (var k in _heights)
                shape[at++] = ((face[contour[k] * 2 + 1] + face[contour[Mirror(k)] * 2 + 1]) / 2 - centre) / unit;
            foreach (var k in _left)
                shape[at++] = Math.Abs(face[contour[Mirror(k)] * 2] - face[contour[k] * 2]) / 2 / unit;
        }
    }

    /// <summary>The inner opening of (N, 40) shapes.</summary>
    public static float[] Opening(Tensor shapes) => (shapes.select(1, InnerLower) - shapes.select(1, InnerUpper)).data<float>().ToArray();

    private static int Mirror(int k) => k <= 10 ? 10 - k : 30 - k;

    private static ReadOnlySpan<float> Face(Clip clip, int frame) => clip.Landmarks.AsSpan(frame * Clip.LandmarkCount * 2, Clip.LandmarkCount * 2);

    private static float EyeDistance(ReadOnlySpan<float> face) => MathF.Sqrt(
        MathF.Pow(face[FacePoints.LeftEyeOuter * 2] - face[FacePoints.RightEyeOuter * 2], 2)
        + MathF.Pow(face[FacePoints.LeftEyeOuter * 2 + 1] - face[FacePoints.RightEyeOuter * 2 + 1], 2));
}
