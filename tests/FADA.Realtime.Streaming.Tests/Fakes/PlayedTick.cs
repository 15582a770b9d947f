namespace FADA.Realtime.Streaming.Tests.Fakes;

/// <param name="Picture">The speech value in the picture.</param>
/// <param name="Sound">The first sample.</param>
/// <param name="SoundEnd">The last sample.</param>
/// <param name="At">The session's clock when it left.</param>
internal readonly record struct PlayedTick(int Picture, short Sound, short SoundEnd, byte Luma, TimeSpan Time, TimeSpan At);
