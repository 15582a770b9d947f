using System.CommandLine;
using FADA.Realtime.Bench;
using FADA.Realtime.Bench.Density;
using FADA.Realtime.Cli.Output;

namespace FADA.Realtime.Cli.Verbs.Bench;

/// <summary>`fada bench density`: how many sessions this machine carries.</summary>
internal static class DensityVerb
{
    public static Command Create()
    {
        var seconds = new Option<int>("--seconds") { Description = "How long each number of sessions must hold.", HelpName = "N", DefaultValueFactory = _ => 10 }.InRange(2, 600);
        var most = new Option<int>("--most") { Description = "Sessions beyond which nobody looks.", HelpName = "N", DefaultValueFactory = _ => 64 }.InRange(1, 64);
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("density", "Talking sessions, each with a viewer, and idle ones, until a deadline is missed.") { seconds, most, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new DensityOptions { Seconds = parsed.GetValue(seconds), Most = parsed.GetValue(most) };
            var report = await Progress.RunAsync("density", display => DensityBench.RunAsync(options, BenchVerb.Server, new Reporter<BenchProgress>(p => display.Report(p.Done, p.Total, p.Note)), cancellation));
            BenchOutput.Write(report, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
