using System.Text.Json.Serialization;

namespace FADA.Realtime.Bench.Report;

/// <summary>One measured quantity: percentiles over the runs, or a single value.</summary>
[JsonConverter(typeof(FigureConverter))]
public sealed record Figure
{
    private const int Digits = 2;

    private Figure()
    {
    }

    public double? Value { get; private init; }
    public double? P50 { get; private init; }
    public double? P95 { get; private init; }
    public double? P99 { get; private init; }

    /// <summary>Measurements behind the percentiles.</summary>
    public int? Count { get; private init; }

    /// <summary>Null for a plain count.</summary>
    public string? Unit { get; private init; }

    public static Figure Of(double value, string? unit = null) => new() { Value = Math.Round(value, Digits), Unit = unit };

    /// <summary>Percentiles of measurements.</summary>
    /// <exception cref="BenchException">There is none.</exception>
    public static Figure Of(IReadOnlyList<double> measured, string unit)
    {
        var sorted = measured.Order().ToArray();
        return new Figure
        {
            P50 = Math.Round(Percentile.Of(sorted, 0.50), Digits),
            P95 = Math.Round(Percentile.Of(sorted, 0.95), Digits),
            P99 = Math.Round(Percentile.Of(sorted, 0.99), Digits),
            Count = sorted.Length,
            Unit = unit,
        };
    }
}
