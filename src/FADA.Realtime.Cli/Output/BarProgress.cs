using Spectre.Console;

namespace FADA.Realtime.Cli.Output;

/// <summary>Progress for a person at a terminal: one bar with the time left.</summary>
internal sealed class BarProgress(ProgressTask task, string label) : IProgressDisplay
{
    public void Report(long done, long total, string note = "")
    {
        task.IsIndeterminate = total <= 0;
        if (total > 0)
        {
            task.MaxValue = total;
            task.Value = done;
        }

        task.Description = Markup.Escape(note.Length > 0 ? $"{label} {note}" : label);
    }
}
