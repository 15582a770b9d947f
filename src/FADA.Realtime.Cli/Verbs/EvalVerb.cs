using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada eval`: how well the lips follow the sound, on real clips.</summary>
internal static class EvalVerb
{
    public static Command Create() => new Command("eval", "Measures the model on real clips beside real video, a static frame and shuffled sound.")
    {
        new Option<DirectoryInfo>("--clips") { Description = "Folder with one folder per speaker and a manifest.csv.", HelpName = "DIR", Required = true },
        new Option<FileInfo?>("--html") { Description = "Report to write.", HelpName = "FILE" },
        CommonOptions.Model(),
        CommonOptions.Json("Print the rows as JSON."),
    }.AnswersNotBuiltYet("issue 2, first light");
}
