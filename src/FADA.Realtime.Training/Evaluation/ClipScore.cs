namespace FADA.Realtime.Training.Evaluation;

/// <summary>The figures of one row on one clip.</summary>
internal sealed record ClipScore(
    string Name, double Psnr, double Ssim, double Cpbd, double LmdPx, double LmdIod, double LipDist, double MouthCorr, double MouthAmp,
    double SyncD, double SyncC, double IdSim, double Jitter, double Nfe, double GflopPerFrame, double MsPerFrame)
{
    // Those that get an interval; the others describe the model, not the clip.
    private static readonly (string Name, Func<ClipScore, double> Of)[] _measured =
    [
        ("psnr", s => s.Psnr), ("ssim", s => s.Ssim), ("cpbd", s => s.Cpbd), ("lmd_px", s => s.LmdPx), ("lmd_iod", s => s.LmdIod), ("lip_dist", s => s.LipDist),
        ("mouth_corr", s => s.MouthCorr), ("mouth_amp", s => s.MouthAmp), ("sync_d", s => s.SyncD), ("sync_c", s => s.SyncC), ("id_sim", s => s.IdSim), ("jitter", s => s.Jitter),
    ];

    /// <summary>The row of one name's scores over all clips.</summary>
    public static EvaluationRow Row(string name, IReadOnlyList<ClipScore> scores)
    {
        double Mean(Func<ClipScore, double> of) => scores.Average(of);
        return new EvaluationRow(name,
            Mean(s => s.Psnr), Mean(s => s.Ssim), Mean(s => s.Cpbd), Mean(s => s.LmdPx), Mean(s => s.LmdIod), Mean(s => s.LipDist), Mean(s => s.MouthCorr), Mean(s => s.MouthAmp),
            Mean(s => s.SyncD), Mean(s => s.SyncC), Mean(s => s.IdSim), Mean(s => s.Jitter), Mean(s => s.Nfe), Mean(s => s.GflopPerFrame), Mean(s => s.MsPerFrame),
            _measured.ToDictionary(m => m.Name, m => Statistics.Interval(scores.Select(m.Of).ToArray())));
    }
}
