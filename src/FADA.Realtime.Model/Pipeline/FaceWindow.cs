using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>
/// The part of the stabilised crop that speech moves: an ellipse from the nose to below the chin. Outside of it the
/// reference stays as it is, in the latents too, so that nothing builds up from window to window around the eyes, behind
/// the head or on clothes; eyes and head are moved without the network.
/// </summary>
public static class FaceWindow
{
    private const double CentreX = 0.5, CentreY = 0.71, HalfWidth = 0.19, HalfHeight = 0.155;

    // Full inside the ellipse, nothing beyond this many times its axes.
    private const double Reach = 1.45;

    /// <summary>All pixels that are not 0, with a border that is.</summary>
    public static CropBox Box(int side)
    {
        int Low(double centre, double half) => (int)Math.Max(0, Math.Floor((centre - half * Reach) * side) - 2);
        int Size(int low, double centre, double half) => Math.Min(side, (int)Math.Ceiling((centre + half * Reach) * side) + 2) - low;
        var (x, y) = (Low(CentreX, HalfWidth), Low(CentreY, HalfHeight));
        return new CropBox(x, y, Size(x, CentreX, HalfWidth), Size(y, CentreY, HalfHeight));
    }

    /// <summary>(1, 1, side, side), 1 inside, falling smoothly to 0.</summary>
    /// <param name="device">Null: the CPU.</param>
    public static Tensor Create(int side, Device? device = null)
    {
        var values = new float[side * side];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                var (u, v) = (((x + 0.5) / side - CentreX) / HalfWidth, ((y + 0.5) / side - CentreY) / HalfHeight);
                var t = Math.Clamp((Reach - Math.Sqrt(u * u + v * v)) / (Reach - 1), 0, 1);
                values[y * side + x] = (float)(t * t * (3 - 2 * t));
            }
        }
        return tensor(values, [1, 1, side, side], device: device ?? CPU);
    }
}
