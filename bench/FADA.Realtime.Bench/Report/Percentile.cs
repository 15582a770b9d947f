namespace FADA.Realtime.Bench.Report;

/// <summary>Percentiles by linear interpolation between the two nearest measurements.</summary>
internal static class Percentile
{
    /// <param name="sorted">Smallest first.</param>
    /// <param name="share">0 to 1.</param>
    public static double Of(ReadOnlySpan<double> sorted, double share)
    {
        if (sorted.IsEmpty)
            throw new BenchException("Nothing was measured.");
        var at = share * (sorted.Length - 1);
        var below = (int)at;
        var above = Math.Min(below + 1, sorted.Length - 1);
        return sorted[below] + ((at - below) * (sorted[above] - sorted[below]));
    }
}
