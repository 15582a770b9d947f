using System.CommandLine;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Stages;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada train vae|audio|teacher|sync|distill|tokens|few-step`: the stages of the model.</summary>
internal static class TrainVerb
{
    public static Command Create() => new("train", "Trains one stage of the model.")
    {
        Stage("vae", "Trains the image autoencoder."),
        Stage("audio", "Trains the streaming audio encoder."),
        Stage("teacher", "Trains the denoiser with its reference network."),
        Stage("sync", "Trains the expert that judges how sound and lips fit."),
        Stage("lips", "Trains the reader that tells lip shapes from latents."),
        Stage("distill", "Distils many guided steps into few."),
        Stage("tokens", "Distils the three runs of guidance into one, told the scales by condition tokens."),
        Stage("few-step", "Distils a student further, to three, two or one step."),
        Ship(),
    };

    private static Command Ship()
    {
        var from = new Option<FileInfo>("--from") { Description = "Weights of the teacher stage.", HelpName = "FILE", Required = true };
        var decoder = new Option<FileInfo?>("--decoder") { Description = "Weights of an autoencoder stage with a frozen encoder, for its decoder.", HelpName = "FILE" };
        var output = new Option<FileInfo>("--out") { Description = "Checkpoint to write.", HelpName = "FILE", Required = true };
        var steps = new Option<int>("--steps") { Description = "Denoising steps it is meant to be run with.", HelpName = "N", DefaultValueFactory = _ => 2 }.InRange(1, 50);
        var reference = new Option<double>("--reference-scale") { Description = "Default guidance towards the portrait.", HelpName = "X", DefaultValueFactory = _ => 1 }.InRange(0, 10);
        var audio = new Option<double>("--audio-scale") { Description = "Default guidance towards the speech.", HelpName = "X", DefaultValueFactory = _ => 1 }.InRange(0, 10);
        var gain = new Option<double>("--lip-gain") { Description = "Factor on the predicted lip code.", HelpName = "X", DefaultValueFactory = _ => 1 }.InRange(0.1, 5);
        var command = new Command("ship", "Writes the checkpoint that ships.") { from, decoder, output, steps, reference, audio, gain };
        command.SetAction(parsed =>
        {
            TorchRuntime.Initialize();
            ModelShipment.Write(parsed.GetRequiredValue(from).FullName, parsed.GetValue(decoder)?.FullName, parsed.GetRequiredValue(output).FullName, config => config with
            {
                Steps = parsed.GetValue(steps),
                ReferenceScale = (float)parsed.GetValue(reference),
                AudioScale = (float)parsed.GetValue(audio),
                LipGain = (float)parsed.GetValue(gain),
            });
            Console.WriteLine($"wrote {parsed.GetRequiredValue(output).FullName}");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Stage(string name, string what)
    {
        var config = new Option<FileInfo>("--config") { Description = "Configuration of the stage (YAML).", HelpName = "FILE", Required = true };
        var folder = new Option<DirectoryInfo>("--out") { Description = "Folder for weights, checkpoint, log, plots and samples.", HelpName = "DIR", Required = true };
        var resume = new Option<bool>("--resume") { Description = "Go on from the checkpoint in --out." };
        var threads = new Option<int>("--threads") { Description = "Threads of one operator (default: the processors this process may use).", HelpName = "N", DefaultValueFactory = _ => Environment.ProcessorCount }.InRange(1, 1024);
        var json = CommonOptions.Json("Print stage, steps, seconds and the weights' path as JSON.");
        var command = new Command(name, what) { config, folder, resume, threads, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            TorchRuntime.Initialize(parsed.GetValue(threads));
            var result = await TrainAsync(name, parsed.GetRequiredValue(config), parsed.GetRequiredValue(folder), parsed.GetValue(resume), cancellation);
            if (cancellation.IsCancellationRequested)
                throw new CliException($"Stopped after step {result.Steps}; the state is saved, and --resume goes on from it.");
            if (parsed.GetValue(json))
                JsonOutput.Write(result);
            else
                Console.WriteLine($"{result.Stage}: {result.Steps} steps in {result.Seconds:0} s, weights in {result.Weights}");
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<TrainingResult> TrainAsync(string name, FileInfo config, DirectoryInfo folder, bool resume, CancellationToken cancellation)
    {
        var (stage, schedule) = await Progress.RunAsync($"{name} data", display =>
            Task.Run(() => StageFactory.Create(name, config.FullName, new Reporter<double>(share => display.Report((long)(share * 1000), 1000)), cancellation), cancellation));
        using (stage)
        {
            var run = new TrainingRun(stage, schedule, folder.FullName);
            return await Progress.RunAsync(name, display => Task.Run(() => run.Run(resume, new Reporter<TrainingProgress>(p => display.Report(p.Step, p.Steps, Note(p))), cancellation)));
        }
    }

    private static string Note(TrainingProgress progress)
    {
        var losses = string.Join(' ', progress.Losses.Select(l => FormattableString.Invariant($"{l.Key} {l.Value:G3}")));
        return FormattableString.Invariant($"{progress.SecondsPerStep:0.00} s/step {losses}");
    }
}
