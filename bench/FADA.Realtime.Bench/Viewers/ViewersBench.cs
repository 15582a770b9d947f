using FADA.Realtime.Bench.Hosting;
using FADA.Realtime.Bench.Report;
using FADA.Realtime.Bench.Viewing;

namespace FADA.Realtime.Bench.Viewers;

/// <summary>What one more viewer costs the server: viewers come one by one to an idle face, whose picture is encoded once for all.</summary>
public static class ViewersBench
{
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(1);

    /// <param name="most">Viewers at the end, 2 to 16.</param>
    /// <param name="seconds">How long each number of viewers is watched.</param>
    public static Task<BenchReport> RunAsync(int most, int seconds, ServerCommand command, IProgress<BenchProgress> progress, CancellationToken cancellation) =>
        OwnServer.UseAsync(command, [], server => MeasureAsync(most, seconds, server, progress, cancellation), cancellation);

    private static async Task<BenchReport> MeasureAsync(int most, int seconds, OwnServer server, IProgress<BenchProgress> progress, CancellationToken cancellation)
    {
        var load = Machine.Load();
        var session = await server.Client.CreateSessionAsync(cancellation: cancellation);
        await Task.Delay(Settle, cancellation);
        var alone = await ProcessFigures.CpuPercentAsync(server.ProcessId, TimeSpan.FromSeconds(seconds), cancellation);
        var (cpu, memory, frames) = (new List<double>(), new List<double>(), new List<double>());
        var viewers = new Stack<WhepViewer>();
        try
        {
            while (viewers.Count < most)
            {
                viewers.Push(await WhepViewer.JoinAsync(server.Http, session, cancellation));
                await Task.Delay(Settle, cancellation);
                foreach (var viewer in viewers)
                    viewer.Video.Take();
                cpu.Add(await ProcessFigures.CpuPercentAsync(server.ProcessId, TimeSpan.FromSeconds(seconds), cancellation));
                memory.Add(ProcessFigures.Read(server.ProcessId).MemoryMib);
                frames.AddRange(viewers.Select(v => v.Video.Take().Frames / (double)seconds));
                progress.Report(new BenchProgress(viewers.Count, most, "viewers"));
            }
        }
        finally
        {
            while (viewers.TryPop(out var viewer))
                await viewer.DisposeAsync();
        }

        var config = new Dictionary<string, object>
        {
            ["model"] = server.Model,
            ["avatar"] = session.Avatar,
            ["viewers"] = most,
            ["seconds_each"] = seconds,
            ["peer"] = "GStreamer webrtcbin in the bench's own process, VP8 and Opus, not decoded",
            ["load_before"] = load,
            ["load_after"] = Machine.Load(),
        };
        return new BenchReport(Machine.Describe(), config, most, new Dictionary<string, Figure>
        {
            ["cpu_per_viewer"] = Figure.Of(Slope.Of(cpu), "% of a core"),
            ["memory_per_viewer"] = Figure.Of(Slope.Of(memory), "MiB"),
            ["cpu_without_viewers"] = Figure.Of(alone, "% of a core"),
            ["cpu_with_one_viewer"] = Figure.Of(cpu[0], "% of a core"),
            ["cpu_with_all_viewers"] = Figure.Of(cpu[^1], "% of a core"),
            ["frames_per_second"] = Figure.Of(frames, "1/s"),
        });
    }
}
