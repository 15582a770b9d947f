using System.CommandLine;
using FADA.Realtime.Bench;
using FADA.Realtime.Bench.Viewers;
using FADA.Realtime.Cli.Output;

namespace FADA.Realtime.Cli.Verbs.Bench;

/// <summary>`fada bench viewers`: what one more viewer costs.</summary>
internal static class ViewersVerb
{
    public static Command Create()
    {
        var most = new Option<int>("--most") { Description = "Viewers at the end.", HelpName = "N", DefaultValueFactory = _ => 8 }.InRange(2, 16);
        var seconds = new Option<int>("--seconds") { Description = "How long each number of viewers is watched.", HelpName = "N", DefaultValueFactory = _ => 5 }.InRange(1, 600);
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("viewers", "Processor time and memory of the server for each further viewer of one session.") { most, seconds, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var report = await Progress.RunAsync("viewers", display => ViewersBench.RunAsync(parsed.GetValue(most), parsed.GetValue(seconds), BenchVerb.Server, new Reporter<BenchProgress>(p => display.Report(p.Done, p.Total, p.Note)), cancellation));
            BenchOutput.Write(report, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
