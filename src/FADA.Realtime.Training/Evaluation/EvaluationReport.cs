namespace FADA.Realtime.Training.Evaluation;

/// <summary>What <c>fada eval</c> answers.</summary>
/// <param name="Portraits">Where portraits were given.</param>
public sealed record EvaluationReport(IReadOnlyList<EvaluationRow> Rows, int Clips, double Seconds, PortraitReport? Portraits = null);
