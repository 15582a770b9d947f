using System.CommandLine;
using FADA.Realtime.Cli.Evaluating;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Data;
using FADA.Realtime.Training.Evaluation;
using Spectre.Console;
using Progress = FADA.Realtime.Cli.Output.Progress;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada eval`: how well the lips follow the sound, on real clips.</summary>
internal static class EvalVerb
{
    // Clips of the page that get a video.
    private const int Videos = 8;

    public static Command Create()
    {
        var clips = new Option<DirectoryInfo>("--clips") { Description = "Folder with one folder per speaker and a manifest.csv, or the output of 'fada data prepare'.", HelpName = "DIR", Required = true };
        var split = new Option<string?>("--split") { Description = "Of prepared clips only this split: train, test or unseen (default: all).", HelpName = "NAME" };
        var steps = new Option<int?>("--steps") { Description = "Denoising steps (default: the model's).", HelpName = "N" }.InRange(1, 50);
        var reference = new Option<double?>("--reference-scale") { Description = "How strongly the portrait guides, 0 to 10.", HelpName = "X" }.InRange(0, 10);
        var audio = new Option<double?>("--audio-scale") { Description = "How strongly the speech guides, 0 to 10.", HelpName = "X" }.InRange(0, 10);
        var limit = new Option<int>("--limit") { Description = "Judge at most this many clips; 0 = all.", HelpName = "N" }.InRange(0, 1_000_000);
        var compare = new Option<string[]>("--compare") { Description = "A further row: NAME=FILE[:STEPS[:REFERENCE[:AUDIO]]]; may be given several times.", HelpName = "ROW" };
        var expert = new Option<FileInfo?>("--sync-expert") { Description = "Weights of the sync stage (default: the shipped ones).", HelpName = "FILE" };
        var avatars = new Option<DirectoryInfo?>("--avatars") { Description = "Portraits of any kind that are made to speak and judged without a truth.", HelpName = "DIR" };
        var speech = new Option<FileSystemInfo?>("--speech") { Description = "What the portraits say: a sound file, or a folder of them that take turns (default: the clips' sound).", HelpName = "PATH" };
        var sheets = new Option<DirectoryInfo?>("--sheets") { Description = "Folder for contact sheets: real frames over generated ones.", HelpName = "DIR" };
        var html = new Option<FileInfo?>("--html") { Description = "Page to write table, plots and videos to (videos in a folder beside it).", HelpName = "FILE" };
        var model = CommonOptions.Model();
        var json = CommonOptions.Json("Print the rows as JSON.");
        var command = new Command("eval", "Measures the model on real clips beside real video, a static frame and shuffled sound.") { clips, split, steps, reference, audio, limit, compare, expert, avatars, speech, sheets, html, model, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var specs = (parsed.GetValue(compare) ?? []).Select(ContestantSpec.Parse).ToList();
            var precision = TorchRuntime.Initialize().Precision;
            using var network = FadaModel.Load(ProductFiles.CheckpointOf(parsed.GetValue(model)), precision);
            var models = ContestantSpec.Load(specs, precision);
            using var tools = new EvaluationTools(parsed.GetValue(expert)?.FullName ?? ProductFiles.SyncExpert);
            using var prepared = await PrepareAsync(parsed.GetRequiredValue(clips), cancellation);
            var chosen = prepared.Store.All.Where(c => parsed.GetValue(split) is not { } s || c.Split == s).ToList();
            chosen = parsed.GetValue(limit) is > 0 and var n ? chosen.Take(n).ToList() : chosen;
            if (chosen.Count == 0)
                throw new CliException("No clip of that split was found.");
            var config = network.Config;
            var shipped = new Contestant("shipped", network, parsed.GetValue(steps) ?? config.Steps,
                new GuidanceScales((float)(parsed.GetValue(reference) ?? config.ReferenceScale), (float)(parsed.GetValue(audio) ?? config.AudioScale)));
            var page = parsed.GetValue(html);
            var videos = page is null ? null : new EvaluationVideos(Path.ChangeExtension(page.FullName, null) + "-videos", Videos);
            var evaluator = new Evaluator(tools, shipped, specs.Select(s => s.With(models[s.File])).ToList())
            {
                Sheets = parsed.GetValue(sheets)?.FullName,
                Watch = videos is null ? null : videos.Add,
            };
            var report = await Progress.RunAsync("eval", display => Task.Run(() =>
                evaluator.Run(chosen, new Reporter<double>(share => display.Report((long)(share * 1000), 1000)), cancellation), cancellation));
            if (parsed.GetValue(avatars) is { } portraits)
                report = report with { Portraits = await PortraitEvaluation.RunAsync(tools, shipped, portraits, parsed.GetValue(speech), chosen[0].Audio, evaluator.Sheets, cancellation) };
            if (page is not null)
                await File.WriteAllTextAsync(page.FullName, EvaluationPage.Of(report, $"{config.Name}, {shipped.Steps} steps", videos!.Written), cancellation);
            foreach (var loaded in models.Values)
                loaded.Dispose();
            Print(report, parsed.GetValue(json));
            return ExitCode.Done;
        });
        return command;
    }

    private static async Task<PreparedClips> PrepareAsync(DirectoryInfo clips, CancellationToken cancellation)
    {
        if (!clips.Exists)
            throw new CliException($"The folder {clips.FullName} does not exist.");
        if (!File.Exists(Path.Combine(clips.FullName, "manifest.csv")))
            return new PreparedClips(ClipStore.Open(clips.FullName, trainingNeeded: false), null);
        var cache = Directory.CreateTempSubdirectory("fada-eval-").FullName;
        try
        {
            var licences = new[] { "cc-by", "public-domain", "research-only", "unclear" };
            var preparer = new DataPreparer(new DataPreparerOptions { Input = clips.FullName, Output = cache, Licences = licences });
            await Progress.RunAsync("prepare", display => preparer.Run(new Reporter<PreparationProgress>(p => display.Report(p.Done, p.Total)), cancellation));
            return new PreparedClips(ClipStore.Open(cache, trainingNeeded: false), cache);
        }
        catch
        {
            Directory.Delete(cache, recursive: true);
            throw;
        }
    }

    private static void Print(EvaluationReport report, bool json)
    {
        if (json)
        {
            JsonOutput.Write(report);
            return;
        }
        var table = new Table().AddColumns("row", "mouth_corr", "mouth_amp", "lip_dist %", "sync_d", "sync_c", "id_sim", "psnr", "cpbd", "jitter", "nfe", "ms");
        foreach (var r in report.Rows)
            table.AddRow(r.Name, $"{r.MouthCorr:0.000}", $"{r.MouthAmp:0.00}", $"{r.LipDist:0.00}", $"{r.SyncD:0.000}", $"{r.SyncC:0.000}",
                $"{r.IdSim:0.000}", $"{r.Psnr:0.0}", $"{r.Cpbd:0.000}", $"{r.Jitter:0.000}", $"{r.Nfe:0}", $"{r.MsPerFrame:0.0}");
        AnsiConsole.Write(table);
        Console.WriteLine($"{report.Clips} clips in {report.Seconds:0} s");
        if (report.Portraits is not { } portraits)
            return;
        foreach (var p in portraits.Rows)
            Console.WriteLine($"{p.Name}: {(p.Ok ? "ok" : p.Why)} (identity {p.IdSim:0.00}, mouth motion {p.MouthMotion:0.0} %, jitter {p.Jitter:0.00} px)");
        Console.WriteLine($"{portraits.Ok} of {portraits.Count} portraits are ok");
    }

    private sealed record PreparedClips(ClipStore Store, string? Temporary) : IDisposable
    {
        public void Dispose()
        {
            Store.Dispose();
            if (Temporary is not null)
                Directory.Delete(Temporary, recursive: true);
        }
    }
}
