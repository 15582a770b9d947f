using System.Text.Json;
using FADA.Realtime.EndToEnd.Viewing;

namespace FADA.Realtime.EndToEnd.ConsolePage;

public sealed class LiveGraphTests : ConsoleTests
{
    [BrowserFact]
    public async Task Graph_OfALiveConnection_DrawsCurvesAndSaysTheirRanges()
    {
        await SaysAsync("#graph-fps-range", "^[0-9.]+( to [0-9.]+)?$");
        await SaysAsync("#graph-latency-range", "^[0-9]+ ms");
        await SaysAsync("#graph-bitrate-range", "^[0-9]+ kbit/s");
        await SaysAsync("#graph-freezes-range", "^[0-9]+ in the last minute$");
        foreach (var name in new[] { "fps", "latency", "bitrate" })
            await Page.WaitForFunctionAsync($"() => /^M.*L.*L/.test(document.querySelector('#graph-{name} path').getAttribute('d'))");

        Assert.Matches("^Pictures per second over the last minute: now [0-9.]+, ", await Page.GetAttributeAsync("#graph-fps", "aria-label"));
        Assert.Empty(Opened.Errors);
    }

    [BrowserFact]
    public async Task Viewers_WhenAnotherComesAndGoes_AreCounted()
    {
        await SaysAsync("#stat-viewers", "^1$");

        var other = await Server.Browser.OpenAsync(await Opened.ReadAsync<Uri>("location.origin + `/?session=${fada.session.id}#${fada.session.token}`"));
        await SaysAsync("#stat-viewers", "^2$");
        await other.Page.GotoAsync("about:blank");

        await SaysAsync("#stat-viewers", "^1$");
    }

    [BrowserFact]
    public async Task History_OverReconnects_KeepsAMinuteAndCountsOnlyNewFreezes()
    {
        var moments = await Opened.ReadAsync<JsonElement>("""
            (async () => {
              const { LiveHistory } = await import('/js/live-history.js');
              const history = new LiveHistory();
              const at = (freezes) => ({ fps: 25, latency: 40, bitrate: 1e6, freezes });
              for (let i = 0; i < 70; i++) history.add(null);
              for (const freezes of [3, 3, 5, 0, 1]) history.add(at(freezes));
              return history.moments.map((m) => m.freezes);
            })()
            """);

        Assert.Equal(60, moments.GetArrayLength());
        Assert.Equal([null, 0, 2, 0, 1], moments.EnumerateArray().Skip(55).Select(m => m.ValueKind == JsonValueKind.Null ? (int?)null : m.GetInt32()));
    }

    [BrowserFact]
    public async Task Graph_WithAGapAndFreezes_BreaksTheLineAndDrawsBars()
    {
        await Page.EvaluateAsync("""
            async () => {
              const { LiveGraph } = await import('/js/live-graph.js');
              const graph = new LiveGraph();
              const at = (freezes, fps) => ({ fps, latency: 40, bitrate: 1e6, freezes });
              [at(0, 25), at(0, 25), at(1, 20), null, at(0, 25), at(0, 25), at(2, 25)].forEach((stats) => graph.add(stats));
              window.drawn = ['fps', 'freezes'].map((n) => document.querySelector(`#graph-${n} path`).getAttribute('d'));
              window.said = ['fps', 'freezes'].map((n) => document.querySelector(`#graph-${n}-range`).textContent);
            }
            """);

        var drawn = await Opened.ReadAsync<string[]>("drawn");
        Assert.Equal(2, drawn[0].Count(c => c == 'M'));
        Assert.Equal(2, drawn[1].Count(c => c == 'V'));
        Assert.Equal(["20.0 to 25.0", "3 in the last minute"], await Opened.ReadAsync<string[]>("said"));
    }
}
