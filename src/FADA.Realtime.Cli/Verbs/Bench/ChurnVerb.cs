using System.CommandLine;
using FADA.Realtime.Bench;
using FADA.Realtime.Bench.Churn;
using FADA.Realtime.Cli.Output;

namespace FADA.Realtime.Cli.Verbs.Bench;

/// <summary>`fada bench churn`: viewers come and go.</summary>
internal static class ChurnVerb
{
    public static Command Create()
    {
        var joins = new Option<int>("--joins") { Description = "Viewers that come and go, one after the other.", HelpName = "N", DefaultValueFactory = _ => 200 }.InRange(1, 100_000);
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("churn", "Memory, threads and descriptors of the server before and after many viewers came and went.") { joins, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await Progress.RunAsync("churn", display => ChurnBench.RunAsync(parsed.GetValue(joins), BenchVerb.Server, new Reporter<BenchProgress>(p => display.Report(p.Done, p.Total, p.Note)), cancellation));
            BenchOutput.Write(report, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
