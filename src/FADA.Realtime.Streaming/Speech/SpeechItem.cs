namespace FADA.Realtime.Streaming.Speech;

/// <summary>A frame of speech of a turn, or (null) the turn's end.</summary>
internal readonly record struct SpeechItem(int Turn, SpeechFrame? Frame);
