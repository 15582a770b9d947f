using FADA.Realtime.Model.Layers;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Clips;

/// <summary>Frames of clips as tensors, and augmentation that keeps a pair of frames one person.</summary>
public static class FrameBatch
{
    /// <summary>(N, 3, 256, 256), -1..1, fp32.</summary>
    public static Tensor Load(IReadOnlyList<(Clip Clip, int Frame)> frames)
    {
        using var scope = NewDisposeScope();
        const int Side = Clip.Side;
        var bytes = new byte[frames.Count * Side * Side * 3];
        for (var i = 0; i < frames.Count; i++)
            frames[i].Clip.Frame(frames[i].Frame).CopyTo(bytes.AsSpan(i * Side * Side * 3));
        var pictures = tensor(bytes, [frames.Count, Side, Side, 3]).to(ScalarType.Float32);
        return (pictures.permute(0, 3, 1, 2) / 127.5 - 1).MoveToOuterDisposeScope();
    }

    /// <summary>
    /// One random look per group: mirrored or not, brightness, contrast, gamma and tint, and a mild change of the
    /// face's proportions: more identities than were filmed.
    /// </summary>
    /// <param name="pictures">(G x size, 3, H, W): groups of consecutive pictures that must stay one person.</param>
    public static Tensor Augment(Tensor pictures, int size, Random random)
    {
        using var scope = NewDisposeScope();
        var groups = (int)pictures.shape[0] / size;
        var theta = new float[pictures.shape[0] * 6];
        var colour = new float[pictures.shape[0] * 3 * 3];
        for (var g = 0; g < groups; g++)
        {
            var flip = random.Next(2) == 0 ? 1f : -1f;
            float Around(double spread) => (float)((random.NextDouble() * 2 - 1) * spread);
            float[] affine = [flip * (1 + Around(.1)), Around(.04), Around(.03), Around(.04), 1 + Around(.1), Around(.03)];
            // Every third look is much darker: few of those filmed have dark skin, and lips must move on all.
            var dark = random.Next(3) == 0 ? 0.55f * (float)random.NextDouble() : 0;
            var (gain, lift, gamma) = ((1 + Around(.2)) * (1 - dark), Around(.12) - dark, MathF.Exp(Around(.35) + dark));
            float[] tint = [1 + Around(.12), 1 + Around(.08), 1 + Around(.16)];
            for (var k = 0; k < size; k++)
            {
                var n = g * size + k;
                affine.CopyTo(theta, n * 6);
                for (var c = 0; c < 3; c++)
                    (colour[n * 9 + c * 3], colour[n * 9 + c * 3 + 1], colour[n * 9 + c * 3 + 2]) = (gain * tint[c], lift, gamma);
            }
        }
        var n_ = pictures.shape[0];
        var grid = nn.functional.affine_grid(tensor(theta, [n_, 2, 3]), pictures.shape, false);
        var warped = nn.functional.grid_sample(pictures, grid, padding_mode: GridSamplePaddingMode.Reflection, align_corners: false);
        var k_ = tensor(colour, [n_, 3, 3, 1]);
        var unit = ((warped + 1) / 2).clamp(1e-3, 1).pow(k_[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(2, 3)]);
        var toned = unit * 2 - 1;
        toned = toned * k_[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(0, 1)] + k_[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(1, 2)];
        return toned.clamp(-1, 1).MoveToOuterDisposeScope();
    }
}
