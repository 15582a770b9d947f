using System.CommandLine;
using System.Globalization;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Model.FullSize.Import;
using Spectre.Console;
using Progress = FADA.Realtime.Cli.Output.Progress;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada import`: public full-size checkpoints.</summary>
internal static class ImportVerb
{
    private const int MostRows = 40;

    /// <summary>Columns of the table where no terminal limits them: the longest keys stay in one piece.</summary>
    private const int WideTable = 240;

    public static Command Create()
    {
        var family = new Argument<string>("family") { Description = "hallo or echomimic." };
        family.AcceptOnlyFromAmong("hallo", "echomimic");
        var from = new Option<DirectoryInfo>("--from") { Description = "Folder of the published files, laid out as its authors say.", HelpName = "DIR", Required = true };
        var output = new Option<DirectoryInfo>("--out") { Description = "Folder to write the weights to.", HelpName = "DIR", Required = true };
        var json = CommonOptions.Json("Print what was read as JSON.");
        var command = new Command("import", "Reads a public full-size checkpoint into this project's format; every key has to fit.") { family, from, output, json };
        command.SetAction(async (parsed, cancellation) =>
        {
            var source = parsed.GetRequiredValue(from);
            if (!source.Exists)
                throw new CliException($"The folder {source.FullName} does not exist.");
            var report = await Progress.RunAsync("import", display => Task.Run(() => CheckpointImporter.Import(parsed.GetRequiredValue(family), source.FullName,
                parsed.GetRequiredValue(output).FullName, new Reporter<ImportProgress>(p => display.Report(p.Done, p.Total, p.Part)), cancellation), cancellation));
            if (parsed.GetValue(json))
                JsonOutput.Write(ImportResult.Of(report));
            else
                Print(report);
            return report.Complete ? ExitCode.Done : throw new CliException(Refusal(report));
        });
        return command;
    }

    private static string Refusal(ImportReport report) => string.Create(CultureInfo.InvariantCulture,
        $"The checkpoint does not fit: {report.Of(KeyProblemKind.Missing).Count} keys are missing, {report.Of(KeyProblemKind.Unexpected).Count} unexpected, {report.Of(KeyProblemKind.Misshapen).Count} misshapen; nothing was written.");

    private static void Print(ImportReport report)
    {
        if (report.Complete)
        {
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{report.Output}: {report.Tensors} tensors, {report.Parameters / 1e6:0.0} million parameters, {report.Bytes / 1048576.0:0} MiB"));
            return;
        }

        var table = new Table().AddColumns("problem", "part", "key", "found", "needed");
        foreach (var problem in report.Problems.Take(MostRows))
            table.AddRow(new[] { problem.Kind.ToString().ToLowerInvariant(), problem.Part, problem.Key, problem.Found, problem.Needed }.Select(Markup.Escape).ToArray());
        if (report.Problems.Count > MostRows)
            table.AddRow("…", "", string.Create(CultureInfo.InvariantCulture, $"{report.Problems.Count - MostRows} more; --json names all"), "", "");
        if (Console.IsOutputRedirected)
            AnsiConsole.Profile.Width = WideTable;
        AnsiConsole.Write(table);
    }
}
