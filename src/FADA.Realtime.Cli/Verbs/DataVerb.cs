using System.CommandLine;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Training.Data;
using FADA.Realtime.Training.Portraits;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada data prepare`: clips become aligned face crops with their sound. `fada data portrait`: an avatar of nobody real.</summary>
internal static class DataVerb
{
    public static Command Create() => new("data", "Prepares training data.") { Prepare(), Portrait() };

    private static Command Prepare()
    {
        var input = new Option<DirectoryInfo>("--in") { Description = "Folder with one folder per speaker and a manifest.csv.", HelpName = "DIR", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder to write to.", HelpName = "DIR", Required = true };
        var licence = new Option<string>("--licence") { Description = "Licence classes to take, separated by commas.", HelpName = "a,b", DefaultValueFactory = _ => "cc-by,public-domain" };
        var workers = new Option<int>("--workers") { Description = "Clips prepared at once.", HelpName = "N", DefaultValueFactory = _ => 1 }.InRange(1, 64);
        var json = CommonOptions.Json("Print the counts as JSON.");
        var command = new Command("prepare", "Cuts stabilised face crops out of clips and keeps them with their sound.") { input, output, licence, workers, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var preparer = new DataPreparer(new DataPreparerOptions
            {
                Input = parsed.GetRequiredValue(input).FullName,
                Output = parsed.GetRequiredValue(output).FullName,
                Licences = parsed.GetRequiredValue(licence).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Workers = parsed.GetValue(workers),
            });
            var report = await Progress.RunAsync("prepare", display =>
                preparer.Run(new Reporter<PreparationProgress>(p => display.Report(p.Done, p.Total)), cancellation));
            foreach (var skipped in report.Clips.Where(c => c.Skipped is not null))
                Console.Error.WriteLine($"skipped {skipped.Clip}: {skipped.Skipped}");
            if (parsed.GetValue(json))
                JsonOutput.Write(new { report.Used, report.Skipped, report.Frames, report.OffsetsCorrected, report.Seconds });
            else
                Console.WriteLine($"{report.Used} clips, {report.Frames} frames, {report.Skipped} skipped, {report.OffsetsCorrected} offsets corrected, {report.Seconds:0} s");
            return ExitCode.Done;
        });
        return command;
    }

    private static Command Portrait()
    {
        var input = new Option<DirectoryInfo>("--in") { Description = "Folder with one folder of clips per speaker.", HelpName = "DIR", Required = true };
        var speakers = new Option<string>("--speakers") { Description = "At least three, separated by commas; hair and clothes are the first one's.", HelpName = "a,b,c", Required = true };
        var name = new Option<string>("--name") { Description = "Name of the avatar.", HelpName = "NAME", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder of avatars to write to.", HelpName = "DIR", Required = true };
        var seed = new Option<int>("--seed") { Description = "Seed of the picture's grain.", HelpName = "N", DefaultValueFactory = _ => 1 };
        var json = CommonOptions.Json("Print the figures as JSON.");
        var command = new Command("portrait", "Blends the faces of several speakers into an avatar that shows nobody real.") { input, speakers, name, output, seed, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var blender = new PortraitBlender(new PortraitBlendOptions
            {
                Input = parsed.GetRequiredValue(input).FullName,
                Speakers = parsed.GetRequiredValue(speakers).Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                Name = parsed.GetRequiredValue(name),
                Output = parsed.GetRequiredValue(output).FullName,
                Seed = parsed.GetValue(seed),
            }, TimeProvider.System);
            var report = await Progress.RunAsync("portrait", display =>
                blender.Run(new Reporter<PreparationProgress>(p => display.Report(p.Done, p.Total)), cancellation));
            if (parsed.GetValue(json))
                JsonOutput.Write(report);
            else
                Console.WriteLine($"{report.Picture}: {report.Frames.Count} faces ({string.Join(", ", report.Frames)})");
            return ExitCode.Done;
        });
        return command;
    }
}
