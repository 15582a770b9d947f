using FADA.Realtime.Bench.Hosting;
using FADA.Realtime.Bench.Report;
using FADA.Realtime.Bench.Viewing;
using FADA.Realtime.Streaming;

namespace FADA.Realtime.Bench.Density;

/// <summary>
/// How many sessions fit: one more at a time until a deadline is missed twice. Talking ones are watched by one viewer
/// each; idle ones are counted unwatched beside a single watched one, and watched by one each. Server and viewers share
/// the machine.
/// </summary>
public static class DensityBench
{
    private const int IdleStep = 7; // 1 watched + 9 x 7 = the server's 64

    public static async Task<BenchReport> RunAsync(DensityOptions options, ServerCommand command, IProgress<BenchProgress> progress, CancellationToken cancellation)
    {
        var load = Machine.Load();
        Task<Outcome> OnServerAsync(Func<OwnServer, Task<Outcome>> work) => OwnServer.UseAsync(command, ["--max-sessions", "64"], work, cancellation);
        var talking = await OnServerAsync(server => TalkingAsync(options, server, progress, cancellation));
        var watched = await OnServerAsync(server => IdleAsync(options, watched: true, step: 1, server, progress, cancellation));
        var idle = await OnServerAsync(server => IdleAsync(options, watched: false, IdleStep, server, progress, cancellation));
        var config = new Dictionary<string, object>
        {
            ["model"] = talking.Model,
            ["avatar"] = "default",
            ["seconds_each"] = options.Seconds,
            ["most"] = options.Most,
            ["deadline"] = FormattableString.Invariant($"a turn stands still for at most {DeadlineRule.MostStall.TotalMilliseconds:0} ms, every viewer sees {DeadlineRule.LeastFrames:P0} of 25 pictures a second; missed twice"),
            ["talking_limit"] = talking.Limit,
            ["idle_watched_limit"] = watched.Limit,
            ["idle_limit"] = idle.Limit,
            ["load_before"] = load,
            ["load_after"] = Machine.Load(),
        };
        return new BenchReport(Machine.Describe(), config, talking.Rounds + watched.Rounds + idle.Rounds, new Dictionary<string, Figure>
        {
            ["talking_sessions"] = Figure.Of(talking.Held),
            ["idle_sessions"] = Figure.Of(idle.Held),
            ["idle_watched_sessions"] = Figure.Of(watched.Held),
        });
    }

    private static async Task<Outcome> TalkingAsync(DensityOptions options, OwnServer server, IProgress<BenchProgress> progress, CancellationToken cancellation)
    {
        var speech = Tone(options.Seconds);
        var sessions = new Stack<SpeakingSession>();
        try
        {
            return await GrowAsync("talking", server.Model, options.Most, 1, progress, async () =>
            {
                sessions.Push(await SpeakingSession.OpenAsync(server.Client, server.Http, cancellation));
                // The first turn of a session compiles and measures; it does not count.
                await sessions.Peek().SpeakAsync(speech.AsMemory(0, SpeechClock.SampleRate), cancellation);
            }, async () =>
            {
                foreach (var session in sessions)
                    session.Viewer.Video.Take();
                var start = TimeProvider.System.GetTimestamp();
                var stalls = await Task.WhenAll(sessions.Select(s => s.SpeakAsync(speech, cancellation)));
                var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                return DeadlineRule.Missed(stalls, sessions.Select(s => s.Viewer.Video.Take().Frames / seconds));
            });
        }
        finally
        {
            while (sessions.TryPop(out var session))
                await session.DisposeAsync();
        }
    }

    private static async Task<Outcome> IdleAsync(DensityOptions options, bool watched, int step, OwnServer server, IProgress<BenchProgress> progress, CancellationToken cancellation)
    {
        var viewers = new Stack<WhepViewer>();
        try
        {
            return await GrowAsync(watched ? "idle, watched" : "idle", server.Model, options.Most, step, progress, async () =>
            {
                var session = await server.Client.CreateSessionAsync(cancellation: cancellation);
                if (watched || viewers.Count == 0)
                    viewers.Push(await WhepViewer.JoinAsync(server.Http, session, cancellation));
            }, async () =>
            {
                foreach (var viewer in viewers)
                    viewer.Video.Take();
                var start = TimeProvider.System.GetTimestamp();
                await Task.Delay(TimeSpan.FromSeconds(options.Seconds), cancellation);
                var seconds = TimeProvider.System.GetElapsedTime(start).TotalSeconds;
                return DeadlineRule.Missed([], viewers.Select(v => v.Video.Take().Frames / seconds));
            });
        }
        finally
        {
            while (viewers.TryPop(out var viewer))
                await viewer.DisposeAsync();
        }
    }

    // One more (or a step more) as long as all deadlines are kept; what is missed once may have been the machine's own doing.
    private static async Task<Outcome> GrowAsync(string what, string model, int most, int step, IProgress<BenchProgress> progress, Func<Task> add, Func<Task<string?>> watch)
    {
        var (held, open, rounds) = (0, 0, 0);
        while (open < most)
        {
            for (var i = 0; i < (open == 0 ? 1 : step) && open < most; i++, open++)
                await add();
            progress.Report(new BenchProgress(open, most, $"{what} sessions"));
            rounds++;
            if (await watch() is not null)
            {
                rounds++;
                if (await watch() is { } missed)
                    return new Outcome(held, $"with {open} {missed}", rounds, model);
            }

            held = open;
        }

        return new Outcome(held, $"{most} were as many as were asked for", rounds, model);
    }

    private static short[] Tone(int seconds)
    {
        var samples = new short[seconds * SpeechClock.SampleRate];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (short)(8_000 * Math.Sin(2 * Math.PI * 150 * i / SpeechClock.SampleRate) * Math.Abs(Math.Sin(Math.PI * 3 * i / SpeechClock.SampleRate)));
        return samples;
    }

    /// <param name="Held">The most sessions with which every deadline was kept.</param>
    /// <param name="Limit">What stopped it.</param>
    private sealed record Outcome(int Held, string Limit, int Rounds, string Model);
}
