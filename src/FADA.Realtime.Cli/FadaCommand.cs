using System.CommandLine;
using System.CommandLine.Help;
using FADA.Realtime.Cli.Output;
using FADA.Realtime.Cli.Verbs;
using FADA.Realtime.Cli.Verbs.Bench;

namespace FADA.Realtime.Cli;

/// <summary>The command `fada`: its verbs, and the one place where errors become a sentence and an exit code.</summary>
internal static class FadaCommand
{
    /// <summary>
    /// How long a verb may take to save its state or finish a turn after Ctrl-C: more than the longest `serve --drain`.
    /// </summary>
    private static readonly TimeSpan StopTimeout = TimeSpan.FromMinutes(6);

    public static RootCommand Create() => new("A live talking avatar: one portrait and any speech in, a speaking face out.")
    {
        ServeVerb.Create(),
        TestVerb.Create(),
        RenderVerb.Create(),
        AvatarVerb.Create(),
        BenchVerb.Create(),
        EvalVerb.Create(),
        DataVerb.Create(),
        TrainVerb.Create(),
        ImportVerb.Create(),
    };

    public static async Task<int> RunAsync(string[] args)
    {
        try
        {
            var parsed = Create().Parse(args);
            if (parsed.Action is HelpAction || parsed.Errors.Count == 0)
                return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = StopTimeout });
            Console.Error.WriteLine(ErrorSentence.ForWrongUse(parsed));
            return ExitCode.WrongUse;
        }
        catch (Exception e)
        {
            Console.Error.WriteLine(ErrorSentence.For(e));
            return e is CliException known ? known.ExitCode : ExitCode.Failed;
        }
    }
}
