using System.CommandLine;
using FADA.Realtime.Bench;
using FADA.Realtime.Bench.Models;
using FADA.Realtime.Cli.Output;

namespace FADA.Realtime.Cli.Verbs.Bench;

/// <summary>`fada bench model`: the networks alone, on one device and one thread.</summary>
internal static class ModelVerb
{
    public static Command Create()
    {
        var size = new Option<string>("--size") { Description = "Which model: tiny.", HelpName = "NAME", DefaultValueFactory = _ => "tiny" };
        size.AcceptOnlyFromAmong("tiny");
        var steps = new Option<int?>("--steps") { Description = "Denoising steps per window, 1 to 50 (default: what the model was made for).", HelpName = "N" }.InRange(1, 50);
        var device = CommonOptions.Device();
        var graph = new Option<string>("--graph") { Description = "Whether a CUDA device replays windows as graphs: on or off.", HelpName = "on|off", DefaultValueFactory = _ => "on" };
        graph.AcceptOnlyFromAmong("on", "off");
        var runs = new Option<int>("--runs") { Description = "Windows of each size.", HelpName = "N", DefaultValueFactory = _ => 50 }.InRange(1, 100_000);
        var model = CommonOptions.Model();
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("model", "Time per window, frames per second, memory and first call of the networks on one thread.") { size, steps, device, graph, runs, model, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var options = new ModelBenchOptions
            {
                Checkpoint = ProductFiles.CheckpointOf(parsed.GetValue(model)),
                Steps = parsed.GetValue(steps),
                Device = parsed.GetRequiredValue(device),
                Graph = parsed.GetRequiredValue(graph) == "on",
                Log = Console.Error.WriteLine,
                Runs = parsed.GetValue(runs),
            };
            var report = await Progress.RunAsync("model", display => Task.Run(() => ModelBench.Run(options, new Reporter<BenchProgress>(p => display.Report(p.Done, p.Total, p.Note)), cancellation), cancellation));
            BenchOutput.Write(report, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }
}
