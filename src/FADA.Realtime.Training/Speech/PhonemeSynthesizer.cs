using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;

namespace FADA.Realtime.Training.Speech;

/// <summary>Speech with phoneme times from espeak-ng. The library has one global state: one call at a time.</summary>
public static class PhonemeSynthesizer
{
    private static readonly Lock Gate = new();
    private static readonly List<short> Samples = [];
    private static readonly List<(int Sample, string Phoneme)> Phonemes = [];
    private static int _rate;

    /// <param name="voice">espeak-ng voice with an optional variant, such as "en-us+f3".</param>
    /// <param name="wordsPerMinute">80 to 450.</param>
    /// <param name="pitch">0 to 100.</param>
    /// <returns>Samples at the library's own rate, and where each phoneme (IPA) begins; null where the voice is unknown.</returns>
    public static unsafe SynthesizedSpeech? Speak(string text, string voice, int wordsPerMinute, int pitch, int range)
    {
        lock (Gate)
        {
            if (_rate == 0)
            {
                _rate = EspeakLibrary.Initialize(EspeakLibrary.OutputSynchronous, 200, null, EspeakLibrary.PhonemeEvents | EspeakLibrary.PhonemeIpa);
                if (_rate <= 0)
                    throw new InvalidOperationException("espeak-ng could not start; install the Debian package espeak-ng.");
                EspeakLibrary.SetCallback(&Collect);
            }
            Samples.Clear();
            Phonemes.Clear();
            if (EspeakLibrary.SetVoice(voice) != 0)
                return null;
            EspeakLibrary.SetParameter(EspeakLibrary.ParameterRate, wordsPerMinute, 0);
            EspeakLibrary.SetParameter(EspeakLibrary.ParameterPitch, pitch, 0);
            EspeakLibrary.SetParameter(EspeakLibrary.ParameterRange, range, 0);
            var bytes = Encoding.UTF8.GetByteCount(text) + 1;
            if (EspeakLibrary.Synthesize(text, (nuint)bytes, 0, 1, 0, EspeakLibrary.CharsUtf8, 0, 0) != 0)
                return null;
            return new SynthesizedSpeech([.. Samples], _rate, [.. Phonemes]);
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int Collect(short* wave, int count, EspeakLibrary.Event* events)
    {
        for (var e = events; e->Type != 0; e++)
        {
            if (e->Type != EspeakLibrary.EventPhoneme)
                continue;
            var name = MemoryMarshal.AsBytes(new ReadOnlySpan<ulong>(ref e->Name));
            var end = name.IndexOf((byte)0);
            Phonemes.Add((e->Sample, Encoding.UTF8.GetString(end < 0 ? name : name[..end])));
        }
        if (wave is not null && count > 0)
            Samples.AddRange(new ReadOnlySpan<short>(wave, count));
        return 0;
    }
}
