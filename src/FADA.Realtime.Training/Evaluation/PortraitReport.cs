namespace FADA.Realtime.Training.Evaluation;

/// <summary>Open-domain portraits made to speak.</summary>
/// <param name="Ok">How many passed.</param>
public sealed record PortraitReport(int Count, int Ok, IReadOnlyList<PortraitScore> Rows);
