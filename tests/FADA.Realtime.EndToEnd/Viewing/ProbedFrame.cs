namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>One frame as frame-probe.js saw it; times are those of performance.now(), milliseconds.</summary>
internal sealed record ProbedFrame(double Time, double Shown, long Presented, Dictionary<string, double> Motion, Dictionary<string, double> Luma);
