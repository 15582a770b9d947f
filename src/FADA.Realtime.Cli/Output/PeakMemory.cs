using System.Globalization;

namespace FADA.Realtime.Cli.Output;

/// <summary>The most memory this process ever held.</summary>
internal static class PeakMemory
{
    /// <summary>Peak resident set in MiB (VmHWM of /proc/self/status).</summary>
    public static double ReadMebibytes() => Parse(File.ReadLines("/proc/self/status"));

    internal static double Parse(IEnumerable<string> status)
    {
        var line = status.First(l => l.StartsWith("VmHWM:", StringComparison.Ordinal));
        var kibibytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return double.Parse(kibibytes, CultureInfo.InvariantCulture) / 1024;
    }
}
