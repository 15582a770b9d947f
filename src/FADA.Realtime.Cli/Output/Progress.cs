using Spectre.Console;

namespace FADA.Realtime.Cli.Output;

/// <summary>Runs long work with the display that fits the terminal.</summary>
internal static class Progress
{
    /// <summary>Runs <paramref name="work"/>; a bar where stderr is a terminal, sparse lines elsewhere.</summary>
    public static async Task<T> RunAsync<T>(string label, Func<IProgressDisplay, Task<T>> work)
    {
        if (Console.IsErrorRedirected)
            return await work(new SparseProgress(label, Console.Error, TimeProvider.System));

        var console = AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(Console.Error) });
        return await console.Progress()
            .AutoClear(true)
            .Columns(new TaskDescriptionColumn(), new ProgressBarColumn(), new PercentageColumn(), new RemainingTimeColumn())
            .StartAsync(async context => await work(new BarProgress(context.AddTask(Markup.Escape(label)), label)));
    }
}
