using System.Text.Json;
using System.Text.RegularExpressions;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Telemetry;

/// <summary>docs/grafana/fada-realtime.json shows what the server tells.</summary>
[Collection(TelemetryCollection.Name)]
public sealed partial class DashboardTests
{
    [Fact]
    public async Task Dashboard_EveryMetricInIt_IsToldByAServerThatSpoke()
    {
        await using var server = await RunningServer.StartAsync();
        var session = await server.Client.CreateSessionAsync();
        await using (var talk = await Talk.BeginAsync(server, session.Id, TimeSpan.FromSeconds(1)))
            await talk.FinishAsync();
        await using (var talk = await Talk.BeginAsync(server, session.Id, TimeSpan.FromSeconds(3)))
            await talk.InterruptAsync();
        GC.Collect();

        var scrape = await Scrape.UntilAsync(server, s => s["avatar_interrupt_duration_seconds_count"] == 1);

        var used = Metrics().Distinct().Order().ToList();
        Assert.True(used.Count > 20, $"Only {used.Count} metrics were found in the dashboard: {string.Join(' ', used)}");
        Assert.Empty(used.Except(scrape.Names));
    }

    [Fact]
    public async Task Dashboard_EveryInstrumentOfThisProgram_HasAPanel()
    {
        await using var server = await RunningServer.StartAsync();

        var scrape = await Scrape.OfAsync(server);

        Assert.Empty(scrape.Names.Where(name => name.StartsWith("avatar_", StringComparison.Ordinal)).Except(Metrics()));
    }

    [Fact]
    public void Dashboard_Panels_DoNotOverlap()
    {
        using var dashboard = Read();
        var taken = new HashSet<(int X, int Y)>();
        foreach (var place in dashboard.RootElement.GetProperty("panels").EnumerateArray().Select(p => p.GetProperty("gridPos")))
        {
            var (x, y) = (place.GetProperty("x").GetInt32(), place.GetProperty("y").GetInt32());
            for (var dx = 0; dx < place.GetProperty("w").GetInt32(); dx++)
            {
                for (var dy = 0; dy < place.GetProperty("h").GetInt32(); dy++)
                    Assert.True(taken.Add((x + dx, y + dy)), $"Two panels lie at {x + dx}, {y + dy}.");
            }
        }
    }

    private static IEnumerable<string> Metrics()
    {
        using var dashboard = Read();
        return dashboard.RootElement.GetProperty("panels").EnumerateArray()
            .Where(panel => panel.TryGetProperty("targets", out _))
            .SelectMany(panel => panel.GetProperty("targets").EnumerateArray())
            .SelectMany(target => Metric().Matches(target.GetProperty("expr").GetString()!).Select(m => m.Value))
            .ToList();
    }

    private static JsonDocument Read() => JsonDocument.Parse(File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "fada-realtime.json")));

    // A metric is a name in front of its selector.
    [GeneratedRegex(@"[a-z_]+(?=\{)")]
    private static partial Regex Metric();
}
