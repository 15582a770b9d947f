namespace FADA.Realtime.Training.Evaluation;

/// <summary>
/// Cumulative probability of blur detection (Narvekar and Karam 2011): the share of edge pixels whose blur nobody
/// would notice. Vertical edges of luma, 64-pixel blocks.
/// </summary>
internal static class BlurDetection
{
    private const int Block = 64;
    private const double EdgeShare = 0.002;
    private const double Beta = 3.6;
    private const double Unnoticed = 0.63;

    // A just noticeable blur is 5 pixels wide at contrasts up to 50, 3 above.
    private static double NoticeableWidth(double contrast) => contrast <= 50 ? 5 : 3;

    /// <param name="luma">0..255, row by row.</param>
    /// <returns>0 (blurred) to 1; 0 where there are no edges.</returns>
    public static double Cpbd(ReadOnlySpan<float> luma, int width, int height)
    {
        var gradient = new float[width * height];
        double sum = 0;
        for (var y = 1; y < height - 1; y++)
        {
            for (var x = 1; x < width - 1; x++)
            {
                // Horizontal Sobel derivative.
                var at = y * width + x;
                var g = luma[at - width + 1] + 2 * luma[at + 1] + luma[at + width + 1] - luma[at - width - 1] - 2 * luma[at - 1] - luma[at + width - 1];
                gradient[at] = MathF.Abs(g);
                sum += g * g;
            }
        }
        var threshold = 2 * Math.Sqrt(sum / gradient.Length);
        int edges = 0, sharp = 0;
        for (var top = 0; top + Block <= height; top += Block)
        {
            for (var left = 0; left + Block <= width; left += Block)
            {
                var places = EdgePlaces(gradient, width, left, top, threshold);
                if (places.Count < EdgeShare * Block * Block)
                    continue;
                var noticeable = NoticeableWidth(Contrast(luma, width, left, top));
                foreach (var at in places)
                {
                    edges++;
                    sharp += 1 - Math.Exp(-Math.Pow(EdgeWidth(luma, width, at) / noticeable, Beta)) <= Unnoticed ? 1 : 0;
                }
            }
        }
        return edges == 0 ? 0 : (double)sharp / edges;
    }

    // Local maxima of the gradient along the row.
    private static List<int> EdgePlaces(float[] gradient, int width, int left, int top, double threshold)
    {
        var places = new List<int>();
        for (var y = top; y < top + Block; y++)
        {
            for (var x = Math.Max(1, left); x < Math.Min(width - 1, left + Block); x++)
            {
                var at = y * width + x;
                if (gradient[at] > threshold && gradient[at] >= gradient[at - 1] && gradient[at] > gradient[at + 1])
                    places.Add(at);
            }
        }
        return places;
    }

    private static float Contrast(ReadOnlySpan<float> luma, int width, int left, int top)
    {
        var (least, most) = (float.MaxValue, float.MinValue);
        for (var y = top; y < top + Block; y++)
        {
            foreach (var v in luma.Slice(y * width + left, Block))
                (least, most) = (MathF.Min(least, v), MathF.Max(most, v));
        }
        return most - least;
    }

    // From the local extreme before the edge to the one after it (Marziliano et al. 2002).
    private static int EdgeWidth(ReadOnlySpan<float> luma, int width, int at)
    {
        var row = at / width * width;
        var sign = luma[at + 1] >= luma[at - 1] ? 1 : -1;
        var (low, high) = (at, at);
        while (low > row && (luma[low] - luma[low - 1]) * sign > 0)
            low--;
        while (high < row + width - 1 && (luma[high + 1] - luma[high]) * sign > 0)
            high++;
        return high - low;
    }
}
