namespace FADA.Realtime.Training.Portraits;

/// <summary>A portrait that was made.</summary>
/// <param name="Picture">Path of portrait.png.</param>
/// <param name="Frames">SPEAKER/CLIP#FRAME of each picture that went in.</param>
/// <param name="EyeDistance">Between the outer eye corners, pixels.</param>
/// <param name="MouthOpening">Between the inner lips, over the eye distance.</param>
public sealed record PortraitBlendReport(string Picture, IReadOnlyList<string> Frames, float EyeDistance, float MouthOpening);
