using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>`fada test` is the launcher's own verb: it builds this very program, so it cannot live inside it.</summary>
internal static class TestVerb
{
    public static Command Create()
    {
        var command = new Command("test", "Checks the formatting, builds with warnings as errors and runs every test (by the launcher ./fada).")
        {
            CommonOptions.Json("Print the counts as JSON."),
        };
        command.SetAction(int (ParseResult _) => throw new CliException("The tests are run by the launcher: ./fada test"));
        return command;
    }
}
