namespace FADA.Realtime.Training.Evaluation;

/// <summary>What <c>fada eval</c> answers.</summary>
public sealed record EvaluationReport(IReadOnlyList<EvaluationRow> Rows, int Clips, double Seconds);
