using System.Globalization;

namespace FADA.Realtime.Cli.Output;

/// <summary>Progress for logs and pipes: a line at the start, then at most one every ten seconds, and one at the end.</summary>
internal sealed class SparseProgress(string label, TextWriter output, TimeProvider time) : IProgressDisplay
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(10);
    private readonly Lock _gate = new();
    private long? _last;

    public void Report(long done, long total, string note = "")
    {
        lock (_gate)
        {
            var finished = total > 0 && done >= total;
            if (_last is { } last && !finished && time.GetElapsedTime(last) < Interval)
                return;
            _last = time.GetTimestamp();
            var amount = total > 0
                ? string.Create(CultureInfo.InvariantCulture, $"{done}/{total} ({100.0 * done / total:0} %)")
                : done.ToString(CultureInfo.InvariantCulture);
            output.WriteLine(note.Length > 0 ? $"{label}: {amount} {note}" : $"{label}: {amount}");
        }
    }
}
