namespace FADA.Realtime.Training.Data;

/// <summary>What the sound says about its own delay against the lips.</summary>
/// <param name="AppliedMs">Correction made: 0 where the evidence is not clear.</param>
/// <param name="MeasuredMs">Where the correlation peaks: positive when the sound comes after the picture.</param>
/// <param name="Peak">Correlation of predicted and seen mouth opening at the peak.</param>
/// <param name="AtZero">The same without a correction.</param>
public readonly record struct ClipOffset(int AppliedMs, int MeasuredMs, float Peak, float AtZero)
{
    /// <summary>What the correction gains in correlation.</summary>
    public float Confidence => Peak - AtZero;
}
