using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Training.Clips;

/// <summary>
/// Four numbers a frame that say what the mouth does, from landmarks of the stabilised crop: inner opening, mouth width,
/// jaw drop, outer lip height; relative to the clip's closed mouth, in standard deviations over all clips.
/// </summary>
public static class LipCode
{
    public const int Size = 4;

    // Where the nose meets the upper lip: it holds still while the jaw drops.
    private const int NoseBase = 2;

    public static Dictionary<Clip, float[]> Measure(IReadOnlyList<Clip> clips)
    {
        var codes = clips.ToDictionary(c => c, Relative);
        for (var k = 0; k < Size; k++)
        {
            double sum = 0, count = 0;
            foreach (var code in codes.Where(c => c.Key.Split == "train").Select(c => c.Value))
            {
                for (var i = k; i < code.Length; i += Size, count++)
                    sum += code[i] * code[i];
            }
            var scale = (float)(1 / Math.Sqrt(sum / Math.Max(1, count) + 1e-12));
            foreach (var code in codes.Values)
            {
                for (var i = k; i < code.Length; i += Size)
                    code[i] = Math.Clamp(code[i] * scale, -4, 4);
            }
        }
        return codes;
    }

    private static float[] Relative(Clip clip)
    {
        var code = new float[clip.Frames * Size];
        var opening = new float[clip.Frames];
        for (var f = 0; f < clip.Frames; f++)
        {
            var face = clip.Landmarks.AsSpan(f * Clip.LandmarkCount * 2, Clip.LandmarkCount * 2);
            var ruler = Distance(face, FacePoints.LeftEyeOuter, FacePoints.RightEyeOuter);
            code[f * Size] = opening[f] = Distance(face, FacePoints.InnerLipUpper, FacePoints.InnerLipLower) / ruler;
            code[f * Size + 1] = Distance(face, FacePoints.OuterLipLeft, FacePoints.OuterLipRight) / ruler;
            code[f * Size + 2] = Distance(face, NoseBase, FacePoints.Chin) / ruler;
            code[f * Size + 3] = Distance(face, FacePoints.OuterLipUpper, FacePoints.OuterLipLower) / ruler;
        }
        // The closed mouth at rest: the frames in the lowest fifth of the opening.
        var limit = opening.Order().ElementAt(clip.Frames / 5);
        var rest = Enumerable.Range(0, clip.Frames).Where(f => opening[f] <= limit).ToList();
        for (var k = 0; k < Size; k++)
        {
            var zero = rest.Average(f => code[f * Size + k]);
            for (var f = 0; f < clip.Frames; f++)
                code[f * Size + k] -= zero;
        }
        return code;
    }

    private static float Distance(ReadOnlySpan<float> face, int a, int b) =>
        MathF.Sqrt(MathF.Pow(face[a * 2] - face[b * 2], 2) + MathF.Pow(face[a * 2 + 1] - face[b * 2 + 1], 2));
}
