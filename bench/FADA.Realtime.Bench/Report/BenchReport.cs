namespace FADA.Realtime.Bench.Report;

/// <summary>What every bench answers.</summary>
/// <param name="Machine">Processor, cores, memory, system and name of the machine.</param>
/// <param name="Config">What was measured and how, by name.</param>
/// <param name="Runs">How often it was measured.</param>
/// <param name="Figures">By name.</param>
public sealed record BenchReport(string Machine, IReadOnlyDictionary<string, object> Config, int Runs, IReadOnlyDictionary<string, Figure> Figures);
