using FADA.Realtime.Bench.Hosting;
using FADA.Realtime.Bench.Report;
using FADA.Realtime.Bench.Viewing;

namespace FADA.Realtime.Bench.Churn;

/// <summary>Viewers come and go: what they leave behind in the server's process.</summary>
public static class ChurnBench
{
    /// <summary>Before the first reading: pools fill and code is compiled.</summary>
    private const int WarmUp = 30;
    private static readonly TimeSpan Settle = TimeSpan.FromSeconds(3);

    public static Task<BenchReport> RunAsync(int joins, ServerCommand command, IProgress<BenchProgress> progress, CancellationToken cancellation) =>
        OwnServer.UseAsync(command, [], server => MeasureAsync(joins, server, progress, cancellation), cancellation);

    private static async Task<BenchReport> MeasureAsync(int joins, OwnServer server, IProgress<BenchProgress> progress, CancellationToken cancellation)
    {
        var load = Machine.Load();
        var session = await server.Client.CreateSessionAsync(cancellation: cancellation);
        var (times, failed) = (new List<double>(), 0);
        var before = ProcessFigures.Read(server.ProcessId);
        for (var join = -WarmUp; join < joins; join++)
        {
            if (join == 0)
            {
                await Task.Delay(Settle, cancellation);
                before = ProcessFigures.Read(server.ProcessId);
            }

            try
            {
                await using var viewer = await WhepViewer.JoinAsync(server.Http, session, cancellation);
                if (join >= 0)
                    times.Add(viewer.ToFirstFrame.TotalMilliseconds);
            }
            catch (BenchException) when (join >= 0)
            {
                failed++;
            }

            if (join >= 0)
                progress.Report(new BenchProgress(join + 1, joins, failed > 0 ? $"joins, {failed} failed" : "joins"));
        }

        await Task.Delay(Settle, cancellation);
        var after = ProcessFigures.Read(server.ProcessId);
        var config = new Dictionary<string, object>
        {
            ["model"] = server.Model,
            ["avatar"] = session.Avatar,
            ["warm_up_joins"] = WarmUp,
            ["peer"] = "GStreamer webrtcbin in the bench's own process; each waits for its first frame and leaves by DELETE",
            ["load_before"] = load,
            ["load_after"] = Machine.Load(),
        };
        return new BenchReport(Machine.Describe(), config, joins, new Dictionary<string, Figure>
        {
            ["join_to_first_frame"] = Figure.Of(times, "ms"),
            ["failed_joins"] = Figure.Of(failed),
            ["memory_before"] = Figure.Of(before.MemoryMib, "MiB"),
            ["memory_after"] = Figure.Of(after.MemoryMib, "MiB"),
            ["threads_before"] = Figure.Of(before.Threads),
            ["threads_after"] = Figure.Of(after.Threads),
            ["descriptors_before"] = Figure.Of(before.Descriptors),
            ["descriptors_after"] = Figure.Of(after.Descriptors),
        });
    }
}
