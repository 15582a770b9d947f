using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Training.Portraits;

namespace FADA.Realtime.Training.Tests.Portraits;

/// <summary>A head of one colour in front of a blue screen, and landmarks that lie on it.</summary>
internal static class DrawnFace
{
    public const int Width = 360, Height = 288;
    public static readonly Vector3 Screen = new(0.1f, 0.5f, 0.8f);
    public static readonly Vector2 Eyes = new(180, 150);
    public const float EyeDistance = 76;

    public static SpeakerFrame Frame(string name, Vector3 skin, int seed, Action<FloatImage>? paint = null)
    {
        var picture = new FloatImage(Width, Height);
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var p = (new Vector2(x + 0.5f, y + 0.5f) - Eyes) / EyeDistance;
                var head = (p - new Vector2(0, 0.2f)) / new Vector2(0.85f, 1.5f);
                var shoulders = p.Y > 1.2f + 0.3f * MathF.Abs(p.X);
                picture[x, y] = head.LengthSquared() < 1 || shoulders ? skin : Screen;
            }
        paint?.Invoke(picture);
        return new SpeakerFrame(name, "clip.mp4", 0, picture, Points(Eyes, EyeDistance, seed));
    }

    /// <summary>Every speaker has slightly other proportions.</summary>
    public static Vector2[] Points(Vector2 eyes, float eyeDistance, int seed)
    {
        var random = new Random(seed);
        var fixedPlaces = new Random(99);
        var points = new Vector2[FacePoints.Count];
        for (var i = 0; i < points.Length; i++)
            points[i] = new Vector2(fixedPlaces.NextSingle() - 0.5f, fixedPlaces.NextSingle() - 0.1f);
        var oval = FacePoints.Oval;
        for (var i = 0; i < oval.Length; i++)
            points[oval[i]] = new Vector2(0.78f * MathF.Sin(MathF.Tau * i / oval.Length), 0.35f - 0.95f * MathF.Cos(MathF.Tau * i / oval.Length));
        foreach (var (index, x, y) in new[]
        {
            (33, -0.5f, 0f), (133, -0.2f, 0.015f), (362, 0.2f, 0.015f), (263, 0.5f, 0f), (168, 0, -0.05f), (6, 0, 0.03f), (197, 0, 0.11f), (195, 0, 0.18f), (4, 0, 0.35f),
            (159, -0.35f, -0.05f), (145, -0.35f, 0.05f), (386, 0.35f, -0.05f), (374, 0.35f, 0.05f), (13, 0, 0.75f), (14, 0, 0.75f), (105, -0.35f, -0.25f),
        })
            points[index] = new Vector2(x, y);
        return [.. points.Select(p => eyes + eyeDistance * (p + 0.01f * new Vector2(random.NextSingle() - 0.5f, random.NextSingle() - 0.5f)))];
    }
}
