using System.Diagnostics;
using System.Text.Json;
using FADA.Realtime.EndToEnd.Viewing;
using Xunit.Abstractions;

namespace FADA.Realtime.EndToEnd;

/// <summary>`fada bench` as a user runs it: its own server, its own browser, figures as JSON. Not how large they are.</summary>
public sealed class BenchTests(ITestOutputHelper output)
{
    private static readonly TimeSpan Timeout = TimeSpan.FromMinutes(5);

    [BrowserFact]
    public async Task Bench_Latency_MeasuresEveryFigure()
    {
        var report = await RunAsync("latency", "--runs", "2");

        Assert.Equal(2, report.GetProperty("runs").GetInt32());
        foreach (var name in new[] { "first_audio_to_lips", "mic_to_lips", "interrupt_to_silence", "whep_to_first_frame", "av_offset_abs" })
        {
            var figure = report.GetProperty("figures").GetProperty(name);
            Assert.Equal("ms", figure.GetProperty("unit").GetString());
            Assert.InRange(figure.GetProperty("p50").GetDouble(), 0, 10_000);
            Assert.True(figure.GetProperty("p50").GetDouble() <= figure.GetProperty("p99").GetDouble());
        }
    }

    [Fact]
    public async Task Bench_Churn_CountsWhatTheServerHolds()
    {
        var report = await RunAsync("churn", "--joins", "3");

        var figures = report.GetProperty("figures");
        Assert.Equal(0, figures.GetProperty("failed_joins").GetProperty("value").GetDouble());
        Assert.InRange(figures.GetProperty("threads_before").GetProperty("value").GetDouble(), 2, 1000);
        Assert.InRange(figures.GetProperty("memory_after").GetProperty("value").GetDouble(), 20, 20_000);
    }

    private async Task<JsonElement> RunAsync(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "fada.dll"), "bench", .. arguments, "--json"])
            start.ArgumentList.Add(argument);
        using var process = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(Timeout);
        try
        {
            var (told, error) = (process.StandardOutput.ReadToEndAsync(timeout.Token), process.StandardError.ReadToEndAsync(timeout.Token));
            await process.WaitForExitAsync(timeout.Token);
            output.WriteLine(await told);
            Assert.True(process.ExitCode == 0, await error);
            return JsonDocument.Parse(await told).RootElement;
        }
        finally
        {
            if (!process.HasExited)
                process.Kill(entireProcessTree: true);
        }
    }
}
