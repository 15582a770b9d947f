namespace FADA.Realtime.Training.Evaluation;

/// <summary>One line of the table: means over clips.</summary>
/// <param name="MouthCorr">Correlation of the inner-lip opening with the real video's.</param>
/// <param name="MouthAmp">Standard deviation of the opening over the real video's.</param>
/// <param name="LipDist">Distance of the centred lip landmarks, % of the distance between the outer eye corners.</param>
/// <param name="LmdPx">Distance of all landmarks in pixels at 128 x 128.</param>
/// <param name="Psnr">dB at 128 x 128; 100 where nothing differs.</param>
/// <param name="Ssim">At 128 x 128, 11-pixel Gaussian window (Wang et al. 2004).</param>
public sealed record EvaluationRow(string Name, double MouthCorr, double MouthAmp, double LipDist, double LmdPx, double Psnr, double Ssim);
