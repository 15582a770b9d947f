namespace FADA.Realtime.Media.Recording;

/// <summary>A complete recording.</summary>
/// <param name="Duration">From the first picture to the end of the last.</param>
/// <param name="Bytes">Of the file.</param>
/// <param name="End">Why it ended.</param>
public sealed record RecordingResult(string Path, TimeSpan Duration, long Frames, long Bytes, RecordingEnd End);
