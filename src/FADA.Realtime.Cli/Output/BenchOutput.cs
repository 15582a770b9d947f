using System.Globalization;
using FADA.Realtime.Bench.Report;

namespace FADA.Realtime.Cli.Output;

/// <summary>The figures of `fada bench`, for programs or for a person.</summary>
internal static class BenchOutput
{
    public static void Write(BenchReport report, bool json)
    {
        if (json)
        {
            JsonOutput.Write(report);
            return;
        }

        Console.WriteLine($"{report.Machine}; {report.Runs} runs");
        foreach (var (name, figure) in report.Figures)
        {
            var numbers = figure.Value is { } value
                ? string.Create(CultureInfo.InvariantCulture, $"{value:0.##}")
                : string.Create(CultureInfo.InvariantCulture, $"p50 {figure.P50:0.#}  p95 {figure.P95:0.#}  p99 {figure.P99:0.#}");
            Console.WriteLine($"{name,-36} {numbers} {figure.Unit}".TrimEnd());
        }
    }
}
