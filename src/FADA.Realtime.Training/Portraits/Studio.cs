using System.Numerics;

namespace FADA.Realtime.Training.Portraits;

/// <summary>What stands behind the face: a softly lit wall.</summary>
internal static class Studio
{
    private static readonly Vector3 Light = new Vector3(186, 190, 196) / 255;
    private static readonly Vector3 Dark = new Vector3(96, 102, 112) / 255;

    public static FloatImage Wall(int side)
    {
        var wall = new FloatImage(side, side);
        for (var y = 0; y < side; y++)
            for (var x = 0; x < side; x++)
            {
                var d = new Vector2((x + 0.5f) / side - 0.40f, (y + 0.5f) / side - 0.30f).Length();
                wall[x, y] = Vector3.Lerp(Light, Dark, Math.Clamp(d / 0.95f, 0, 1) is var t ? t * t * (3 - 2 * t) : 0);
            }
        return wall;
    }

    /// <summary>Fine grain, as a camera has it: less in the lights, the same in all colours for the most part.</summary>
    public static FloatImage Grain(FloatImage picture, int seed, float strength)
    {
        var random = new Random(seed);
        var noise = new FloatImage(picture.Width, picture.Height).Map(_ =>
        {
            var common = Normal();
            return new Vector3(common) + 0.3f * new Vector3(Normal(), Normal(), Normal());
        }).Blur(0.6f);
        for (var i = 0; i < noise.Pixels.Length; i++)
            noise.Pixels[i] = picture.Pixels[i] + strength * (1.2f - 0.6f * picture.Pixels[i].Y) * noise.Pixels[i];
        return noise;

        float Normal() => MathF.Sqrt(-2 * MathF.Log(1 - random.NextSingle())) * MathF.Cos(MathF.Tau * random.NextSingle());
    }
}
