using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada data prepare`: clips become aligned face crops and speech features.</summary>
internal static class DataVerb
{
    public static Command Create() => new("data", "Prepares training data.") { Prepare() };

    private static Command Prepare() => new Command("prepare", "Cuts stabilised face crops out of clips and keeps them with their sound.")
    {
        new Option<DirectoryInfo>("--in") { Description = "Folder with one folder per speaker and a manifest.csv.", HelpName = "DIR", Required = true },
        new Option<DirectoryInfo>("--out") { Description = "Folder to write to.", HelpName = "DIR", Required = true },
        new Option<string?>("--licence") { Description = "Licence classes to take, separated by commas (default: all).", HelpName = "a,b" },
        CommonOptions.Json("Print the counts as JSON."),
    }.AnswersNotBuiltYet("issue 2, first light");
}
