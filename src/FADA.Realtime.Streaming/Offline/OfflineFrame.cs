namespace FADA.Realtime.Streaming.Offline;

/// <summary>One rendered frame; picture and speech are valid until the next one is asked for.</summary>
/// <param name="Index">From 0.</param>
/// <param name="Speech">The 640 samples that drove it; the last frame's are filled up with silence.</param>
public readonly record struct OfflineFrame(long Index, VideoFrame Picture, ReadOnlyMemory<short> Speech);
