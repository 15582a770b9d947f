namespace FADA.Realtime.Media.Encoders;

/// <summary>One coded picture or one Opus packet. Never modified once made, so that viewers can share it.</summary>
/// <param name="Data">The coded bytes: a VP8 frame, an H.264 access unit (byte-stream) or an Opus packet.</param>
/// <param name="Pts">The time given with the raw picture or sound, unchanged.</param>
/// <param name="Duration">How long it lasts; zero when the encoder does not tell.</param>
/// <param name="IsKeyFrame">Decodable without any earlier frame; always true for sound.</param>
public sealed record EncodedFrame(ReadOnlyMemory<byte> Data, TimeSpan Pts, TimeSpan Duration, bool IsKeyFrame);
