namespace FADA.Realtime.Media.Recording;

/// <summary>Where a recording goes and when it ends by itself.</summary>
/// <param name="Path">The file; it appears under this name only when it is complete.</param>
/// <param name="MaxDuration">Of the recording; more than zero.</param>
/// <param name="MaxBytes">Of coded pictures and sound; more than zero.</param>
public sealed record RecorderOptions(string Path, TimeSpan MaxDuration, long MaxBytes);
