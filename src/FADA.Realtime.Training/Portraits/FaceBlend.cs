using System.Numerics;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Training.Portraits;

/// <summary>
/// One portrait of nobody: the faces are brought to their mean shape and averaged in equal shares; hair and clothes are the
/// first speaker's, bent to that shape; the wall behind is made.
/// </summary>
internal static class FaceBlend
{
    public const int Side = 512;
    private const float Sharpen = 0.45f;
    private const float GrainStrength = 0.010f;

    public static RgbImage Blend(IReadOnlyList<SpeakerFrame> frames, int seed)
    {
        var shape = MeanShape.Of([.. frames.Select(f => f.Points)], Side);
        var warps = frames.Select(f => new ShapeWarp(shape, f.Points, Side, Side, softness: 5)).ToList();
        var aligned = frames.Select((f, i) => SkinBalance.Apply(warps[i].Apply(f.Picture, Side, Side), shape)).ToList();
        var face = SkinBalance.Despill(DetailBlend.Mean(aligned));
        var body = Body.Extend(warps[0].Apply(frames[0].Picture, Side, Side), warps[0], frames[0].Picture, shape);
        var (person, opacity) = ChromaKey.Cut(body);
        person = SkinBalance.Despill(SkinBalance.Apply(person, shape));
        var mask = FaceMask.Of(shape, Side);
        // Sharpened before the wall is laid behind: an edge against it would ring.
        for (var i = 0; i < person.Pixels.Length; i++)
            person.Pixels[i] = Vector3.Lerp(person.Pixels[i], face.Pixels[i], mask[i]);
        person = Unsharp(person);
        var result = Studio.Wall(Side);
        for (var i = 0; i < result.Pixels.Length; i++)
            result.Pixels[i] = Vector3.Lerp(result.Pixels[i], person.Pixels[i], opacity[i]);
        return Studio.Grain(result, seed, GrainStrength).ToBytes();
    }

    private static FloatImage Unsharp(FloatImage picture)
    {
        var soft = picture.Blur(1.6f);
        for (var i = 0; i < soft.Pixels.Length; i++)
            soft.Pixels[i] = picture.Pixels[i] + Sharpen * (picture.Pixels[i] - soft.Pixels[i]);
        return soft;
    }
}
