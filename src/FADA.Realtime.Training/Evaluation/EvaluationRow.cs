namespace FADA.Realtime.Training.Evaluation;

/// <summary>One line of the table: means over clips. Pictures are judged at 128 x 128; what does not apply is 0.</summary>
/// <param name="Psnr">dB; 100 where nothing differs.</param>
/// <param name="Ssim">11-pixel Gaussian window (Wang et al. 2004).</param>
/// <param name="Cpbd">Cumulative probability of blur detection (Narvekar and Karam 2011), at 256 x 256: higher is sharper.</param>
/// <param name="LmdPx">Distance of all landmarks in pixels at 128 x 128.</param>
/// <param name="LmdIod">The same, % of the distance between the outer eye corners.</param>
/// <param name="LipDist">Distance of the centred lip landmarks, % of the distance between the outer eye corners.</param>
/// <param name="MouthCorr">Correlation of the inner-lip opening with the real video's.</param>
/// <param name="MouthAmp">Standard deviation of the opening over the real video's.</param>
/// <param name="SyncD">Own-sync distance to the true sound (see <see cref="Sync.SyncScore"/>).</param>
/// <param name="SyncC">Own-sync confidence.</param>
/// <param name="IdSim">Cosine of the face descriptions of made frames and the first real one.</param>
/// <param name="Jitter">Mean second difference of the landmarks over time, pixels at 128 x 128.</param>
/// <param name="Nfe">Network evaluations of a window.</param>
/// <param name="GflopPerFrame">All networks, 8-frame windows, two operations a multiply-add.</param>
/// <param name="MsPerFrame">Wall time of generation (audio, denoising, decoding) over frames.</param>
/// <param name="Intervals">95 % bootstrap intervals over clips, by the names of the figures above in snake case.</param>
public sealed record EvaluationRow(
    string Name, double Psnr, double Ssim, double Cpbd, double LmdPx, double LmdIod, double LipDist, double MouthCorr, double MouthAmp,
    double SyncD, double SyncC, double IdSim, double Jitter, double Nfe, double GflopPerFrame, double MsPerFrame,
    IReadOnlyDictionary<string, double[]> Intervals);
