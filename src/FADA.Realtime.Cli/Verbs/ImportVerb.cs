using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada import`: public full-size checkpoints.</summary>
internal static class ImportVerb
{
    public static Command Create()
    {
        var family = new Argument<string>("family") { Description = "hallo or echomimic." };
        family.AcceptOnlyFromAmong("hallo", "echomimic");
        return new Command("import", "Reads a public full-size checkpoint into this project's format (not built yet).")
        {
            family,
            new Option<DirectoryInfo>("--from") { Description = "Folder of the checkpoint.", HelpName = "DIR", Required = true },
            new Option<DirectoryInfo>("--out") { Description = "Folder to write the weights to.", HelpName = "DIR", Required = true },
            CommonOptions.Json("Print what was read as JSON."),
        }.AnswersNotBuiltYet("issue 5, full-size checkpoints");
    }
}
