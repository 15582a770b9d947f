namespace FADA.Realtime.Training.Evaluation;

/// <summary>The few statistics the figures are made of.</summary>
public static class Statistics
{
    /// <summary>Pearson correlation over the common length; 0 where one side does not vary.</summary>
    public static float Correlation(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        var n = Math.Min(a.Length, b.Length);
        double meanA = Mean(a[..n]), meanB = Mean(b[..n]), ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < n; i++)
        {
            ab += (a[i] - meanA) * (b[i] - meanB);
            aa += (a[i] - meanA) * (a[i] - meanA);
            bb += (b[i] - meanB) * (b[i] - meanB);
        }
        return aa * bb < 1e-18 ? 0 : (float)(ab / Math.Sqrt(aa * bb));
    }

    /// <summary>Population standard deviation.</summary>
    public static float Deviation(ReadOnlySpan<float> values)
    {
        double mean = Mean(values), sum = 0;
        foreach (var v in values)
            sum += (v - mean) * (v - mean);
        return (float)Math.Sqrt(sum / Math.Max(1, values.Length));
    }

    public static double Mean(ReadOnlySpan<float> values)
    {
        double sum = 0;
        foreach (var v in values)
            sum += v;
        return sum / Math.Max(1, values.Length);
    }

    /// <summary>95 % percentile bootstrap interval of the mean (Efron 1979), 2000 resamples, always the same ones.</summary>
    /// <returns>Low and high end.</returns>
    public static double[] Interval(IReadOnlyList<double> values)
    {
        const int Resamples = 2000;
        var dice = new Random(1);
        var means = Enumerable.Range(0, Resamples)
            .Select(_ => Enumerable.Range(0, values.Count).Average(_ => values[dice.Next(values.Count)])).Order().ToArray();
        return [means[Resamples / 40], means[Resamples - 1 - Resamples / 40]];
    }
}
