namespace FADA.Realtime.Training.Speech;

/// <summary>A synthetic utterance: mono samples, their rate in Hz, and the sample at which each phoneme begins.</summary>
public sealed record SynthesizedSpeech(short[] Samples, int Rate, (int Sample, string Phoneme)[] Phonemes);
