using System.Text.Json;
using FADA.Realtime.Bench.Browser;
using FADA.Realtime.Bench.Hosting;
using FADA.Realtime.Bench.Report;
using FADA.Realtime.Client;
using FADA.Realtime.V1;

namespace FADA.Realtime.Bench.Latency;

/// <summary>
/// Latencies from glass to glass: a real Chromium watches a stamp in the picture and listens for the sound that drove
/// it, while speech comes in by gRPC and by its own microphone. The model behind the pictures does its real work.
/// </summary>
public static class LatencyBench
{
    private const int WarmUp = 2;

    /// <exception cref="BenchException">Something did not answer in time, or the pictures carry no stamp.</exception>
    public static async Task<BenchReport> RunAsync(LatencyOptions options, ServerCommand server, IProgress<BenchProgress> progress, CancellationToken cancellation)
    {
        if (options.Url is { } given)
            return await MeasureAsync(options, given, options.Grpc ?? new UriBuilder(given) { Port = given.Port + 1 }.Uri, given.ToString(), progress, cancellation);
        await using var own = await ServerProcess.StartAsync(server, ["--stamp"], cancellation);
        return await own.GuardAsync(() => MeasureAsync(options, own.Page, own.Grpc, $"own process, model {own.Model}", progress, cancellation));
    }

    private static async Task<BenchReport> MeasureAsync(LatencyOptions options, Uri url, Uri grpc, string server, IProgress<BenchProgress> progress, CancellationToken cancellation)
    {
        var load = Machine.Load();
        using var client = new FadaClient(grpc);
        var session = await client.CreateSessionAsync(options.Avatar, cancellation: cancellation);
        var microphone = Path.Combine(Path.GetTempPath(), $"fada-bench-{Guid.NewGuid():N}.wav");
        try
        {
            TestSound.WriteMicrophone(microphone);
            await using var browser = await ChromiumProcess.StartAsync(microphone, cancellation);
            var page = await browser.Tools.OpenAsync(new Uri(url, "/healthz/live"), cancellation);
            await page.AddScriptAsync("bench.js", cancellation);
            var version = await page.ReadAsync<string>("navigator.userAgent", cancellation);

            var done = 0;
            void Step(string note) => progress.Report(new BenchProgress(++done, 3L * options.Runs, note));
            progress.Report(new BenchProgress(0, 3L * options.Runs, "joins"));
            var joins = new JoinRuns(session, page);
            await joins.RunAsync(options.Runs, WarmUp, () => Step("joins"), cancellation);
            await WatchAsync(session, page, cancellation);
            var turns = new TurnRuns(client, session.Id, page);
            await turns.RunAsync(options.Runs, WarmUp, () => Step("turns"), cancellation);
            var spoken = new MicrophoneRuns(session, page);
            await spoken.RunAsync(options.Runs, WarmUp, () => Step("microphone"), cancellation);
            await client.CloseSessionAsync(session.Id, cancellation);

            var config = new Dictionary<string, object>
            {
                ["server"] = server,
                ["avatar"] = session.Avatar,
                ["browser"] = version,
                ["warm_up_runs"] = WarmUp,
                ["speech"] = "gRPC, 16 kHz, sent at once in pieces of 100 ms; microphone by WHIP",
                ["lips"] = "first picture on the glass that the model made from loud samples",
                ["clock_uncertainty_ms"] = Math.Round(turns.ClockUncertainty, 2),
                ["missed_turns"] = turns.MissedRuns,
                ["missed_utterances"] = spoken.MissedRuns,
                ["starved_turns"] = turns.StarvedRuns,
                ["load_before"] = load,
                ["load_after"] = Machine.Load(),
            };
            return new BenchReport(Machine.Describe(), config, options.Runs, Figures(joins, turns, spoken));
        }
        finally
        {
            File.Delete(microphone);
        }
    }

    private static async Task WatchAsync(Session session, BrowserPage page, CancellationToken cancellation)
    {
        await page.RunAsync($"bench.watch({JsonSerializer.Serialize(session.WhepUrl)}, {JsonSerializer.Serialize(session.Token)})", cancellation);
        try
        {
            await page.WaitForAsync("bench.isStamped()", cancellation);
        }
        catch (BenchException e)
        {
            throw new BenchException("The server's pictures carry no stamp; start it with 'fada serve --stamp'.", e);
        }
    }

    private static Dictionary<string, Figure> Figures(JoinRuns joins, TurnRuns turns, MicrophoneRuns spoken) => new()
    {
        ["first_audio_to_lips"] = Figure.Of(turns.FirstAudioToLips, "ms"),
        ["mic_to_lips"] = Figure.Of(spoken.ToLips, "ms"),
        ["interrupt_to_silence"] = Figure.Of(turns.InterruptToSilence, "ms"),
        ["whep_to_first_frame"] = Figure.Of(joins.ToFirstFrame, "ms"),
        ["av_offset_abs"] = Figure.Of([.. turns.AvOffset.Select(Math.Abs)], "ms"),
        ["av_offset_sound_after_picture"] = Figure.Of(turns.AvOffset, "ms"),
        ["interrupt_to_rest"] = Figure.Of(turns.InterruptToRest, "ms"),
        ["whep_to_first_frame_in_a_fresh_browser"] = Figure.Of(joins.Fresh ?? double.NaN, "ms"),
        ["whep_to_answer"] = Figure.Of(joins.ToAnswer, "ms"),
        ["server_first_audio_to_first_frame"] = Figure.Of(turns.ServerFirstFrame, "ms"),
    };
}
