using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Clips;

/// <summary>
/// One other person made of a filmed one: mirrored or not, other proportions of face and features, other light and
/// skin, sometimes a beard. The lips keep doing what they did. More identities than were filmed.
/// </summary>
public sealed class Look
{
    // Places in the stabilised crop (-1..1) whose surroundings are reshaped, and how far that reaches.
    private static readonly (float X, float Y, float Reach)[] _features =
        [(0, 0.44f, 0.22f), (0, 0.10f, 0.18f), (-0.28f, -0.28f, 0.16f), (0.28f, -0.28f, 0.16f), (0, 0.85f, 0.30f), (-0.5f, 0.3f, 0.3f), (0.5f, 0.3f, 0.3f)];
    private readonly float[] _affine;
    private readonly (float X, float Y)[] _scales;
    private readonly float _gain, _lift, _gamma, _saturation;
    private readonly float[] _tint;
    private readonly FacialHair? _hair;

    /// <param name="dice">Decides everything.</param>
    public Look(Random dice)
    {
        float Around(double spread) => (float)((dice.NextDouble() * 2 - 1) * spread);
        var flip = dice.Next(2) == 0 ? 1f : -1f;
        _affine = [flip * (1 + Around(.1)), Around(.04), Around(.03), Around(.04), 1 + Around(.1), Around(.03)];
        _scales = _features.Select(_ => (Around(.28), Around(.28))).ToArray();
        // Every third look is much darker: few of those filmed have dark skin, and lips must move on all.
        var dark = dice.Next(3) == 0 ? 0.55f * dice.NextSingle() : 0;
        (_gain, _lift, _gamma) = ((1 + Around(.2)) * (1 - dark), Around(.12) - dark, MathF.Exp(Around(.35) + dark));
        // Some are nearly grey: old photographs, statues.
        _saturation = dice.Next(6) == 0 ? 0.3f * dice.NextSingle() : 1 + Around(.35);
        _tint = [1 + Around(.12), 1 + Around(.08), 1 + Around(.16)];
        _hair = dice.Next(5) < 2 ? new FacialHair(dice) : null;
    }

    /// <param name="pictures">(N, 3, 256, 256), -1..1: those frames of the clip.</param>
    /// <returns>(N, 3, 256, 256)</returns>
    public Tensor Apply(Tensor pictures, Clip clip, IReadOnlyList<int> frames)
    {
        using var scope = NewDisposeScope();
        var bearded = _hair?.Paint(pictures, clip, frames) ?? pictures;
        var grid = Reshape(pictures.shape[3]).expand(pictures.shape[0], -1, -1, -1);
        var warped = nn.functional.grid_sample(bearded, grid, padding_mode: GridSamplePaddingMode.Reflection, align_corners: false);
        var toned = ((warped + 1) / 2).clamp(1e-3, 1).pow(_gamma) * 2 - 1;
        var grey = toned.mean([1], keepdim: true);
        toned = (grey + (toned - grey) * _saturation) * (tensor(_tint, [1, 3, 1, 1]) * _gain) + _lift;
        return toned.clamp(-1, 1).MoveToOuterDisposeScope();
    }

    // Where each output pixel is read: each feature scaled around its place, then the whole face.
    private Tensor Reshape(long side)
    {
        var plain = nn.functional.affine_grid(tensor(_affine, [1, 2, 3]), [1, 3, side, side], false);
        var grid = plain;
        for (var k = 0; k < _features.Length; k++)
        {
            var offset = plain - tensor(new[] { _features[k].X, _features[k].Y });
            var near = (offset.square().sum(-1, true) / (-2 * _features[k].Reach * _features[k].Reach)).exp();
            grid = grid + near * offset * tensor(new[] { _scales[k].X, _scales[k].Y });
        }
        return grid;
    }
}
