using System.Globalization;
using System.Text.RegularExpressions;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Telemetry;

/// <summary>What /metrics said, as Prometheus reads it.</summary>
internal sealed partial class Scrape
{
    private readonly List<(string Name, string Labels, double Value)> _samples = [];

    public IEnumerable<string> Names => _samples.Select(s => s.Name).Distinct();

    /// <summary>The sum of a metric's samples that have this label; NaN where there is none.</summary>
    public double this[string name, string label = ""]
    {
        get
        {
            var found = _samples.Where(s => s.Name == name && s.Labels.Contains(label, StringComparison.Ordinal)).ToList();
            return found.Count == 0 ? double.NaN : found.Sum(s => s.Value);
        }
    }

    public static async Task<Scrape> OfAsync(RunningServer server)
    {
        var scrape = new Scrape();
        foreach (var line in (await server.Http.GetStringAsync("/metrics")).Split('\n', StringSplitOptions.RemoveEmptyEntries))
        {
            if (line[0] == '#')
                continue;
            var sample = Sample().Match(line);
            Assert.True(sample.Success, $"'{line}' is no sample.");
            scrape._samples.Add((sample.Groups[1].Value, sample.Groups[2].Value, double.Parse(sample.Groups[3].Value, CultureInfo.InvariantCulture)));
        }

        return scrape;
    }

    /// <summary>Scrapes until it is so; a scrape is answered anew about three times a second.</summary>
    public static async Task<Scrape> UntilAsync(RunningServer server, Func<Scrape, bool> enough)
    {
        var soon = RunningServer.Soon;
        while (true)
        {
            var scrape = await OfAsync(server);
            if (enough(scrape))
                return scrape;
            await Task.Delay(100, soon);
        }
    }

    [GeneratedRegex(@"^([a-zA-Z_:][a-zA-Z0-9_:]*)(\{.*\})? ([^ ]+)( \d+)?$")]
    private static partial Regex Sample();
}
