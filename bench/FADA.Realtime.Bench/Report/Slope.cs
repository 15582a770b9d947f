namespace FADA.Realtime.Bench.Report;

/// <summary>The line through measurements at 1, 2, 3, …: what one more costs.</summary>
internal static class Slope
{
    /// <param name="measured">At 1, 2, 3, …; at least two.</param>
    public static double Of(IReadOnlyList<double> measured)
    {
        if (measured.Count < 2)
            throw new BenchException("A slope needs at least two measurements.");
        var (meanX, meanY) = ((measured.Count - 1) / 2.0, measured.Average());
        var (shared, spread) = (0.0, 0.0);
        for (var i = 0; i < measured.Count; i++)
        {
            shared += (i - meanX) * (measured[i] - meanY);
            spread += (i - meanX) * (i - meanX);
        }

        return shared / spread;
    }
}
