using System.Numerics;

namespace FADA.Realtime.Training.Portraits;

/// <summary>Takes the colour cast and exposure of a recording out: all faces get the same mean skin.</summary>
internal static class SkinBalance
{
    // Light skin under neutral light, in sRGB: between those of the corpus, so that no picture is changed much.
    private static readonly Vector3 Skin = new Vector3(206, 160, 138) / 255;

    // Cheeks and the middle of the forehead, free of hair, brows and shadow.
    private static readonly int[] Samples = [50, 101, 118, 205, 36, 280, 330, 347, 425, 266, 151, 9, 108, 337];

    /// <param name="picture">A picture warped to <paramref name="shape"/>.</param>
    public static FloatImage Apply(FloatImage picture, Vector2[] shape)
    {
        var gain = Skin / Measure(picture, shape);
        return picture.Map(p => Shoulder(p * gain));
    }

    /// <summary>Takes out what a blue screen sheds on a person: no green beyond skin's in skin, no blue or green sheen elsewhere.</summary>
    public static FloatImage Despill(FloatImage picture) => picture.Map(p =>
    {
        var skin = Math.Clamp((p.X / MathF.Max(p.Z, 0.02f) - 1.15f) / 0.3f, 0, 1);
        // Hair reflects the screen, dark cloth hardly.
        var light = Math.Clamp((p.X - 0.2f) / 0.15f, 0, 1);
        var green = float.Lerp(float.Lerp(0.98f, 0.90f, light), Skin.Y / Skin.X, skin) * p.X + 0.012f;
        var blue = float.Lerp(0.98f, 0.82f, light) * p.X + 0.012f;
        green = MathF.Min(p.Y, green);
        return new Vector3(p.X, green, MathF.Min(p.Z, MathF.Min(blue, green + 0.012f)));
    });

    public static Vector3 Measure(FloatImage picture, Vector2[] shape)
    {
        var soft = picture.Blur(3);
        return Samples.Aggregate(Vector3.Zero, (sum, i) => sum + soft.Sample(shape[i])) / Samples.Length;
    }

    // Highlights bend instead of being cut.
    private static Vector3 Shoulder(Vector3 p) => new(Shoulder(p.X), Shoulder(p.Y), Shoulder(p.Z));

    private static float Shoulder(float v) => v < 0.85f ? v : 0.85f + 0.15f * MathF.Tanh((v - 0.85f) / 0.15f);
}
