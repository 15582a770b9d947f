using System.Numerics;

namespace FADA.Realtime.Training.Portraits;

/// <summary>
/// The mean of several aligned faces that does not look soft: in each band of detail the mean is raised to the contrast
/// that the single pictures have there, as far as they agree.
/// </summary>
internal static class DetailBlend
{
    private static readonly float[] Bands = [1f, 2f, 4f];
    private const float MostGain = 1.6f;

    // Of one face in any detail: with few faces the gain stays below this times their number.
    private const float MostShare = 0.5f;

    public static FloatImage Mean(IReadOnlyList<FloatImage> faces)
    {
        var rest = faces.ToArray();
        FloatImage? sum = null;
        foreach (var sigma in Bands)
        {
            var low = rest.Select(f => f.Blur(sigma)).ToArray();
            var band = Band(rest.Zip(low, Subtract).ToArray(), 2.5f * sigma);
            sum = sum is null ? band : Add(sum, band);
            rest = low;
        }
        return Add(sum!, Average(rest));
    }

    private static FloatImage Band(FloatImage[] details, float reach)
    {
        var mean = Average(details);
        var own = Average([.. details.Select(d => d.Map(p => p * p))]).Blur(reach);
        var shared = mean.Map(p => p * p).Blur(reach);
        var result = new FloatImage(mean.Width, mean.Height);
        for (var i = 0; i < result.Pixels.Length; i++)
        {
            var gain = MathF.Sqrt((Energy(own.Pixels[i]) + 1e-7f) / (Energy(shared.Pixels[i]) + 1e-7f));
            result.Pixels[i] = mean.Pixels[i] * MathF.Min(gain, MathF.Min(MostGain, MostShare * details.Length));
        }
        return result;
    }

    private static float Energy(Vector3 p) => p.X + p.Y + p.Z;

    private static FloatImage Average(IReadOnlyList<FloatImage> images) => images.Skip(1).Aggregate(images[0], Add).Map(p => p / images.Count);

    private static FloatImage Add(FloatImage a, FloatImage b) => Combine(a, b, (p, q) => p + q);

    private static FloatImage Subtract(FloatImage a, FloatImage b) => Combine(a, b, (p, q) => p - q);

    private static FloatImage Combine(FloatImage a, FloatImage b, Func<Vector3, Vector3, Vector3> how)
    {
        var result = new FloatImage(a.Width, a.Height);
        for (var i = 0; i < result.Pixels.Length; i++)
            result.Pixels[i] = how(a.Pixels[i], b.Pixels[i]);
        return result;
    }
}
