namespace FADA.Realtime.Training.Evaluation;

/// <summary>What became of one open-domain portrait.</summary>
/// <param name="Ok">A face in every frame that was looked at, its identity kept, the mouth moving, no tremble.</param>
/// <param name="Why">What was wrong; empty where nothing was.</param>
/// <param name="IdSim">Cosine of the face descriptions of made frames and the portrait.</param>
/// <param name="MouthMotion">Standard deviation of the inner-lip opening, % of the eye distance.</param>
/// <param name="Jitter">Mean second difference of the landmarks over time, pixels at 128 x 128.</param>
public sealed record PortraitScore(string Name, bool Ok, string Why, double IdSim, double MouthMotion, double Jitter);
