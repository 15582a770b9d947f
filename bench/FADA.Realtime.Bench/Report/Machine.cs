using System.Globalization;

namespace FADA.Realtime.Bench.Report;

/// <summary>What the figures were measured on.</summary>
public static class Machine
{
    /// <summary>Processor, cores, memory, system and host name in one line.</summary>
    public static string Describe()
    {
        var cpu = Value("/proc/cpuinfo", "model name", ':') ?? "unknown processor";
        var memory = double.Parse((Value("/proc/meminfo", "MemTotal", ':') ?? "0 kB").Split(' ')[0], CultureInfo.InvariantCulture) / (1 << 20);
        var system = Value("/etc/os-release", "PRETTY_NAME", '=')?.Trim('"') ?? Environment.OSVersion.ToString();
        return string.Create(CultureInfo.InvariantCulture, $"{cpu}, {Environment.ProcessorCount} cores, {memory:0} GiB, {system} ({Environment.MachineName})");
    }

    /// <summary>Processes that wanted a processor, mean of the last minute: what else the machine had to do.</summary>
    public static double Load() => double.Parse(File.ReadAllText("/proc/loadavg").Split(' ')[0], CultureInfo.InvariantCulture);

    private static string? Value(string file, string key, char separator)
    {
        if (!File.Exists(file))
            return null;
        var line = File.ReadLines(file).FirstOrDefault(l => l.StartsWith(key, StringComparison.Ordinal));
        return line?[(line.IndexOf(separator, StringComparison.Ordinal) + 1)..].Trim();
    }
}
