using System.Text.Json;
using FADA.Realtime.Bench.Browser;
using FADA.Realtime.V1;

namespace FADA.Realtime.Bench.Latency;

/// <summary>A viewer comes to a session that nobody watches, again and again.</summary>
internal sealed class JoinRuns(Session session, BrowserPage page)
{
    public List<double> ToAnswer { get; } = [];
    public List<double> ToFirstFrame { get; } = [];

    /// <summary>The very first one: a browser that has shown no video yet.</summary>
    public double? Fresh { get; private set; }

    public async Task RunAsync(int runs, int warmUp, Action report, CancellationToken cancellation)
    {
        var call = $"bench.join({JsonSerializer.Serialize(session.WhepUrl)}, {JsonSerializer.Serialize(session.Token)})";
        for (var run = -warmUp; run < runs; run++)
        {
            var join = await page.ReadAsync<Join>(call, cancellation);
            // The server has torn the viewer down by then.
            await Task.Delay(TimeSpan.FromMilliseconds(150), cancellation);
            Fresh ??= join.Frame;
            if (run < 0)
                continue;
            ToAnswer.Add(join.Answer);
            ToFirstFrame.Add(join.Frame);
            report();
        }
    }

    private sealed record Join(double Answer, double Frame);
}
