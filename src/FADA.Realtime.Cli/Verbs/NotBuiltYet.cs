using System.CommandLine;

namespace FADA.Realtime.Cli.Verbs;

/// <summary>The honest answer of a verb whose work is still to come.</summary>
internal static class NotBuiltYet
{
    public static Command AnswersNotBuiltYet(this Command command, string issue)
    {
        command.SetAction(int (ParseResult _) => throw new CliException($"'{CommandPath.Of(command)}' is not built yet: it comes with {issue}."));
        return command;
    }
}
