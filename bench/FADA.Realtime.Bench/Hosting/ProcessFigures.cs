using System.Globalization;

namespace FADA.Realtime.Bench.Hosting;

/// <summary>What a process has used and holds, as /proc tells it.</summary>
/// <param name="Cpu">User and system time since its start.</param>
/// <param name="MemoryMib">Resident set.</param>
/// <param name="Threads">Threads.</param>
/// <param name="Descriptors">Open file descriptors.</param>
internal sealed record ProcessFigures(TimeSpan Cpu, double MemoryMib, int Threads, int Descriptors)
{
    private const double TicksPerSecond = 100; // USER_HZ, fixed on Linux

    public static ProcessFigures Read(int process)
    {
        var folder = $"/proc/{process}";
        try
        {
            // The name in parentheses may hold anything; the numbers after it are counted from field 3.
            var stat = File.ReadAllText($"{folder}/stat");
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            var cpu = TimeSpan.FromSeconds((Number(fields[11]) + Number(fields[12])) / TicksPerSecond);
            var status = File.ReadAllLines($"{folder}/status");
            return new ProcessFigures(cpu, Field(status, "VmRSS:") / 1024, (int)Field(status, "Threads:"), Directory.GetFileSystemEntries($"{folder}/fd").Length);
        }
        catch (IOException e)
        {
            throw new BenchException($"The server's process {process} is gone.", e);
        }
    }

    /// <summary>Percent of one core that a process uses for a while.</summary>
    public static async Task<double> CpuPercentAsync(int process, TimeSpan duration, CancellationToken cancellation)
    {
        var (before, start) = (Read(process).Cpu, TimeProvider.System.GetTimestamp());
        await Task.Delay(duration, cancellation);
        return 100 * (Read(process).Cpu - before) / TimeProvider.System.GetElapsedTime(start);
    }

    private static double Field(string[] status, string name) =>
        Number(status.First(l => l.StartsWith(name, StringComparison.Ordinal)).Split((char[])[' ', '\t'], StringSplitOptions.RemoveEmptyEntries)[1]);

    private static double Number(string text) => double.Parse(text, CultureInfo.InvariantCulture);
}
