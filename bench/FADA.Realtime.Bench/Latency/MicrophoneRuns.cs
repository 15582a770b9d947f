using System.Text.Json;
using FADA.Realtime.Bench.Browser;
using FADA.Realtime.V1;

namespace FADA.Realtime.Bench.Latency;

/// <summary>Somebody speaks into the browser's microphone (WHIP): from the utterance's first sound there to its lips on the same glass.</summary>
internal sealed class MicrophoneRuns(Session session, BrowserPage page)
{
    private const int WaitMilliseconds = 15_000;

    // Before the next utterance begins.
    private static readonly int LipsMilliseconds = (int)(TestSound.MicrophonePeriod.TotalMilliseconds * 0.9);

    public List<double> ToLips { get; } = [];

    public async Task RunAsync(int runs, int warmUp, Action report, CancellationToken cancellation)
    {
        await page.RunAsync($"bench.speakInto({JsonSerializer.Serialize(session.WhipUrl)}, {JsonSerializer.Serialize(session.Token)})", cancellation);
        var from = await page.ReadAsync<double>("performance.now()", cancellation);
        for (var run = -warmUp; run < runs; run++)
        {
            var spoken = await NextAsync("spoken", from, WaitMilliseconds, cancellation);
            double lips;
            try
            {
                lips = await NextAsync("loudOn", spoken, LipsMilliseconds, cancellation);
            }
            catch (BenchException) when (++MissedRuns <= Tolerance.Of(runs))
            {
                from = await page.ReadAsync<double>("performance.now()", cancellation);
                continue;
            }

            // The pause before the next utterance is two seconds long.
            from = spoken + (TestSound.MicrophonePeriod.TotalMilliseconds / 2);
            if (run < 0)
                continue;
            ToLips.Add(lips - spoken);
            report();
        }
    }

    /// <summary>Utterances whose lips did not come before the next one.</summary>
    public int MissedRuns { get; private set; }

    private Task<double> NextAsync(string list, double from, int wait, CancellationToken cancellation) =>
        page.ReadAsync<double>(FormattableString.Invariant($"bench.next('{list}', {from}, {wait})"), cancellation);
}
