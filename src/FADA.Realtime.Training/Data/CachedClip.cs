namespace FADA.Realtime.Training.Data;

/// <summary>The light part of a cached clip: everything but the pictures.</summary>
/// <param name="Info">The clip in the corpus.</param>
/// <param name="Opening">Inner-lip distance over eye distance, per frame.</param>
/// <param name="SourceAudio">16 kHz mono as in the source, 640 samples per frame.</param>
/// <param name="OffsetMs">Correction that the file's audio has now.</param>
/// <param name="Split">Split that the file names now.</param>
/// <param name="LostFrames">Frames without a face.</param>
internal sealed record CachedClip(ClipInfo Info, float[] Opening, short[] SourceAudio, int OffsetMs, string Split, int LostFrames);
