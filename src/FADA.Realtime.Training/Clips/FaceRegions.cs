using FADA.Realtime.Model.Pipeline;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Clips;

/// <summary>Where mouth and eyes lie in the stabilised crop, as soft weights; fixed, because the crop is.</summary>
public static class FaceRegions
{
    /// <summary>Centre and half axes of the mouth with jaw room, as shares of the side.</summary>
    public const double MouthX = 0.5, MouthY = 0.72, MouthHalfWidth = 0.22, MouthHalfHeight = 0.19;

    /// <summary>The square crop of the mouth that decoded pictures are judged on, in pixels.</summary>
    public static CropBox MouthCrop(int side)
    {
        var size = side * 3 / 8;
        return new CropBox((int)(side * MouthX) - size / 2, Math.Min(side - size, (int)(side * MouthY) - size / 2), size, size);
    }

    /// <summary>(1, 1, side, side): 1 everywhere, rising to 1 + mouth inside the mouth ellipse and 1 + eyes around the eyes.</summary>
    public static Tensor Weights(int side, double mouth, double eyes)
    {
        var values = new float[side * side];
        for (var y = 0; y < side; y++)
        {
            for (var x = 0; x < side; x++)
            {
                double u = (x + 0.5) / side, v = (y + 0.5) / side;
                var w = 1 + mouth * Soft(u, v, MouthX, MouthY, MouthHalfWidth, MouthHalfHeight);
                w += eyes * (Soft(u, v, .36, .36, .12, .08) + Soft(u, v, .64, .36, .12, .08));
                values[y * side + x] = (float)w;
            }
        }
        return tensor(values, [1, 1, side, side]);
    }

    // 1 inside the ellipse, falling to 0 at 1.4 times its axes.
    private static double Soft(double u, double v, double cx, double cy, double a, double b)
    {
        var r = Math.Sqrt(Math.Pow((u - cx) / a, 2) + Math.Pow((v - cy) / b, 2));
        return Math.Clamp((1.4 - r) / 0.4, 0, 1);
    }
}
