using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Clips;

/// <summary>
/// Paints moustaches and beards that follow the landmarks of each frame: few of those filmed wear one, and lips must
/// move under any. One style, density and colour per look.
/// </summary>
public sealed class FacialHair
{
    private const int Side = Clip.Side;

    // The lower edge of the nose, from the viewer's left to right, and where the cheeks' hair line begins.
    private static readonly int[] _noseBase = [98, 97, 2, 326, 327];
    private const int LeftEar = 93, RightEar = 323;
    private static readonly int[] _jaw = [323, 361, 288, 397, 365, 379, 378, 400, 377, 152, 148, 176, 149, 150, 136, 172, 58, 132, 93];
    private readonly Style _style;
    private readonly float _density;
    private readonly float _reach;
    private readonly float[] _colour;
    private readonly float[] _texture;

    /// <param name="dice">Decides style, density, colour and strands.</param>
    public FacialHair(Random dice)
    {
        _style = (Style)dice.Next(4);
        _density = _style == Style.Stubble ? 0.25f + 0.35f * dice.NextSingle() : 0.6f + 0.38f * dice.NextSingle();
        _reach = dice.NextSingle();
        var light = dice.Next(4) == 0 ? 0.45f * dice.NextSingle() : 0.12f * dice.NextSingle();
        _colour = [light + 0.08f * dice.NextSingle(), light, light * (0.6f + 0.4f * dice.NextSingle())];
        _texture = new float[Side * Side];
        for (var i = 0; i < _texture.Length; i++)
            _texture[i] = dice.NextSingle() - 0.5f;
    }

    private enum Style
    {
        Moustache,
        Goatee,
        Beard,
        Stubble,
    }

    /// <summary>Hair over pictures (N, 3, 256, 256), -1..1, of those frames of a clip.</summary>
    public Tensor Paint(Tensor pictures, Clip clip, IReadOnlyList<int> frames)
    {
        using var scope = NewDisposeScope();
        var count = (int)pictures.shape[0];
        var mask = new float[count * Side * Side];
        var strands = new float[count * Side * Side];
        for (var k = 0; k < count; k++)
        {
            var face = Points(clip, frames[k]);
            Cover(face, mask.AsSpan(k * Side * Side, Side * Side));
            Strands(face[FacePoints.OuterLipUpper], strands.AsSpan(k * Side * Side, Side * Side));
        }
        var soft = nn.functional.avg_pool2d(tensor(mask, [count, 1, Side, Side]), 5, 1, 2);
        soft = nn.functional.avg_pool2d(soft, 5, 1, 2);
        // Strands run downwards.
        var lines = nn.functional.avg_pool2d(tensor(strands, [count, 1, Side, Side]), [7L, 1L], [1L, 1L], [3L, 0L]) * 2.6;
        var alpha = (soft * (_density + lines * 0.35)).clamp(0, 1) * soft.clamp(0, 1);
        var hair = tensor(_colour, [1, 3, 1, 1]) * 2 - 1 + lines * 0.25;
        return (pictures + alpha * (hair - pictures)).clamp(-1, 1).MoveToOuterDisposeScope();
    }

    private static Vector2[] Points(Clip clip, int frame)
    {
        var points = new Vector2[Clip.LandmarkCount];
        for (var i = 0; i < points.Length; i++)
        {
            var at = (frame * Clip.LandmarkCount + i) * 2;
            points[i] = new Vector2(clip.Landmarks[at], clip.Landmarks[at + 1]);
        }
        return points;
    }

    private void Cover(Vector2[] face, Span<float> mask)
    {
        var buffer = new float[mask.Length];
        foreach (var outline in Outlines(face))
            PolygonMask.Scan(outline, Side, Side, (y, x, n) => buffer.AsSpan(y * Side + x, n).Fill(1));
        // Never on the lips.
        PolygonMask.Scan(Pick(face, FacePoints.OuterLips), Side, Side, (y, x, n) => buffer.AsSpan(y * Side + x, n).Clear());
        buffer.CopyTo(mask);
    }

    private IEnumerable<List<Vector2>> Outlines(Vector2[] face)
    {
        var lips = Pick(face, FacePoints.OuterLips);
        var upper = lips.Take(11).Reverse().ToList();
        var nose = _noseBase.Select(i => face[i]).ToList();
        var (left, right) = (face[FacePoints.OuterLipLeft], face[FacePoints.OuterLipRight]);
        var width = Vector2.Distance(left, right);
        var droop = new Vector2(0.08f + 0.1f * _reach, 0.25f * _reach) * width;
        var (wide, up) = (droop * new Vector2(-1, 1), new Vector2(0, (0.05f + 0.1f * _reach) * width));
        List<Vector2> moustache =
        [
            Vector2.Lerp(nose[0], left, 0.6f) - up, .. nose.Select(p => Vector2.Lerp(p, face[FacePoints.OuterLipUpper], 0.25f)), Vector2.Lerp(nose[4], right, 0.6f) - up,
            right + droop, .. upper, left + wide,
        ];
        switch (_style)
        {
            case Style.Moustache:
                return [moustache];
            case Style.Goatee:
                var centre = (left + right) / 2;
                var grown = lips.Select(p => centre + (p - centre) * new Vector2(1.3f, 1.8f)).Select(p => p with { Y = MathF.Max(p.Y, nose[2].Y + 2) }).ToList();
                List<Vector2> chin = [lips[14], lips[16], lips[18], Vector2.Lerp(face[176], lips[16], .2f), face[FacePoints.Chin], Vector2.Lerp(face[400], lips[14], .2f)];
                return _reach < 0.5f ? [grown] : [grown, chin];
            default:
                // From ear to corner of the mouth, more or less of the cheeks.
                var low = 0.25f + 0.5f * _reach;
                List<Vector2> beard =
                [
                    .. _jaw.Select(i => face[i]),
                    Vector2.Lerp(face[LeftEar], left, 0.5f) + new Vector2(0, (1 - low) * 0.3f * width),
                    left, .. nose.Select(p => p + new Vector2(0, 2)), right,
                    Vector2.Lerp(face[RightEar], right, 0.5f) + new Vector2(0, (1 - low) * 0.3f * width),
                ];
                return [beard, moustache];
        }
    }

    // The texture moves with the lip, so that hair does not swim through the face.
    private void Strands(Vector2 anchor, Span<float> target)
    {
        var (dx, dy) = ((int)MathF.Round(anchor.X), (int)MathF.Round(anchor.Y));
        for (var y = 0; y < Side; y++)
            for (var x = 0; x < Side; x++)
                target[y * Side + x] = _texture[((y - dy + Side) & (Side - 1)) * Side + ((x - dx + Side) & (Side - 1))];
    }

    private static List<Vector2> Pick(Vector2[] face, ReadOnlySpan<int> indices)
    {
        var points = new List<Vector2>(indices.Length);
        foreach (var i in indices)
            points.Add(face[i]);
        return points;
    }
}
