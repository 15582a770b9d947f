using System.Numerics;

namespace FADA.Realtime.Training.Portraits;

/// <summary>Separates a person from a blue screen: opacity, and the person's own colour without blue spill.</summary>
internal static class ChromaKey
{
    // Blue minus red is near 0.5 on the screen and below zero in skin and hair.
    private const float SurelyScreen = 0.22f;
    private const float ScreenBlur = 14;
    private const float CoreBlur = 5;
    private const float EdgeBlur = 0.8f;
    private const float InnerBlur = 2.5f;

    /// <returns>Colours, and opacity 0 to 1 per pixel.</returns>
    public static (FloatImage Person, float[] Opacity) Cut(FloatImage picture)
    {
        var n = picture.Pixels.Length;
        var known = new FloatImage(picture.Width, picture.Height);
        var share = new FloatImage(picture.Width, picture.Height);
        for (var i = 0; i < n; i++)
        {
            if (Blueness(picture.Pixels[i]) < SurelyScreen)
                continue;
            (known.Pixels[i], share.Pixels[i]) = (picture.Pixels[i], Vector3.One);
        }
        (known, share) = (known.Blur(ScreenBlur), share.Blur(ScreenBlur));
        var screen = Enumerable.Range(0, n).Aggregate((Sum: Vector3.Zero, Weight: 1e-6f), (s, i) => (s.Sum + known.Pixels[i], s.Weight + share.Pixels[i].X));
        var overall = screen.Sum / screen.Weight;

        var opacity = new FloatImage(picture.Width, picture.Height);
        for (var i = 0; i < n; i++)
        {
            var behind = Behind(i);
            var raw = 1 - Blueness(picture.Pixels[i]) / MathF.Max(Blueness(behind), 0.1f);
            // The screen is never quite even, and hair shines a little blue.
            opacity.Pixels[i] = Vector3.One * Math.Clamp((raw - 0.3f) / 0.6f, 0, 1);
        }
        var core = opacity.Blur(CoreBlur);
        opacity = opacity.Blur(EdgeBlur);
        var (inner, weight) = (new FloatImage(picture.Width, picture.Height), new FloatImage(picture.Width, picture.Height));
        var result = new float[n];
        for (var i = 0; i < n; i++)
        {
            // Deep inside the person a blue sheen is a reflection, not a hole; far outside a spot is noise.
            var inside = SmoothStep(0.75f, 0.92f, core.Pixels[i].X);
            result[i] = MathF.Max(opacity.Pixels[i].X, inside) * SmoothStep(0.02f, 0.15f, core.Pixels[i].X);
            var solid = MathF.Pow(result[i], 8);
            (inner.Pixels[i], weight.Pixels[i]) = (solid * picture.Pixels[i], solid * Vector3.One);
        }
        (inner, weight) = (inner.Blur(InnerBlur), weight.Blur(InnerBlur));
        var person = new FloatImage(picture.Width, picture.Height);
        for (var i = 0; i < n; i++)
        {
            // What shines through cannot be taken out cleanly at the very edge: there the colour just inside continues.
            var near = weight.Pixels[i].X > 1e-4f ? inner.Pixels[i] / weight.Pixels[i].X : picture.Pixels[i];
            var own = (picture.Pixels[i] - (1 - result[i]) * Behind(i)) / MathF.Max(result[i], 0.3f);
            person.Pixels[i] = Vector3.Lerp(near, Vector3.Clamp(own, Vector3.Zero, Vector3.One), SmoothStep(0.75f, 1, result[i]));
        }
        return (person, result);

        Vector3 Behind(int i) => share.Pixels[i].X > 0.02f ? known.Pixels[i] / share.Pixels[i].X : overall;
    }

    private static float Blueness(Vector3 p) => p.Z - p.X;

    private static float SmoothStep(float low, float high, float v)
    {
        var t = Math.Clamp((v - low) / (high - low), 0, 1);
        return t * t * (3 - 2 * t);
    }
}
