using System.Runtime.InteropServices;
using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Training.Speech;

/// <summary>
/// Synthetic utterances of exactly 3 s at 16 kHz with one viseme a picture, made by espeak-ng in many voices,
/// speeds and pitches, and kept in one safetensors file: audio i16 (N, 48000), visemes u8 (N, 75).
/// </summary>
public sealed class SpeechCorpus : IDisposable
{
    public const int Samples = 48_000;
    public const int Pictures = 75;
    private static readonly string[] Languages =
        ["en-us", "en-gb", "en-gb-scotland", "en-029", "en-gb-x-rp", "de", "fr-fr", "es", "it", "pt-br", "nl", "sv", "pl", "cs", "ru", "tr", "ro", "fi", "hu", "el", "ar", "hi", "id", "sw"];
    private static readonly string[] Variants =
        ["", "+m1", "+m2", "+m3", "+m4", "+m5", "+m6", "+m7", "+f1", "+f2", "+f3", "+f4", "+f5", "+klatt", "+klatt2", "+klatt3", "+croak", "+Andy", "+Annie", "+Denis", "+Mario", "+Michael", "+quincy", "+Alicia", "+Diogo"];
    private static readonly string[] Words =
        ("bin lay place set blue green red white at by in with one two three four five six seven eight nine zero again now please soon the of and to a is you that it he was for on are as his they be this have from or had word but not what all were we when your can said there use an each which she do how their if will up other about out many then them these so some her would make like him into time has look more write go see number no way could people my than first water been call who oil its find long down day did get come made may part over new sound take only little work know place year live me back give most very after thing our just name good sentence man think say great where help through much before line right too mean old any same tell boy follow came want show also around form small set put end does another well large must big even such because turn here why ask went men read need land different home us move try kind hand picture again change off play spell air away animal house point page letter mother answer found study still learn should world mouth open wave moon apple movie problem five thumb measure judge church bubble papa mama wow above baby pump fifty very vivid")
        .Split(' ');

    private readonly SafetensorsFile _file;

    private SpeechCorpus(SafetensorsFile file) => _file = file;

    public int Count => (int)_file.Entry("visemes").Shape[0];

    public ReadOnlySpan<short> Audio(int index) =>
        MemoryMarshal.Cast<byte, short>(_file.Bytes("audio", (long)index * Samples * 2, Samples * 2));

    public ReadOnlySpan<byte> Visemes(int index) => _file.Bytes("visemes", (long)index * Pictures, Pictures);

    /// <summary>Opens the corpus, and makes it first where the file does not exist.</summary>
    public static SpeechCorpus OpenOrCreate(string path, int count, int seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            Create(path, count, seed, progress, cancellation);
        return new SpeechCorpus(SafetensorsFile.Open(path));
    }

    public void Dispose() => _file.Dispose();

    private static void Create(string path, int count, int seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        var random = new Random(seed);
        var audio = new short[(long)count * Samples];
        var visemes = new byte[(long)count * Pictures];
        for (var i = 0; i < count;)
        {
            cancellation.ThrowIfCancellationRequested();
            // Half of it English, where most users are; the rest spread over other sound systems.
            var language = random.Next(2) == 0 ? Languages[random.Next(5)] : Languages[random.Next(Languages.Length)];
            var text = string.Join(' ', Enumerable.Range(0, random.Next(5, 13)).Select(_ => Words[random.Next(Words.Length)] + (random.Next(6) == 0 ? "," : "")));
            var speech = PhonemeSynthesizer.Speak(text, language + Variants[random.Next(Variants.Length)], random.Next(110, 230), random.Next(10, 90), random.Next(20, 80));
            if (speech is null || speech.Samples.Length < speech.Rate)
                continue;
            Place(speech, random, audio.AsSpan(i * Samples, Samples), visemes.AsSpan(i * Pictures, Pictures));
            i++;
            progress?.Report((double)i / count);
        }
        SafetensorsWriter.WriteRaw(path,
        [
            ("audio", "I16", [count, Samples], MemoryMarshal.AsBytes(audio.AsSpan()).ToArray()),
            ("visemes", "U8", [count, Pictures], visemes),
        ]);
    }

    // Resamples linearly (espeak's own output is band-limited to ~8 kHz) and starts with up to 0.6 s of silence.
    private static void Place(SynthesizedSpeech speech, Random random, Span<short> audio, Span<byte> visemes)
    {
        var lead = random.Next(0, 9_600);
        var ratio = speech.Rate / 16_000.0;
        for (var n = lead; n < audio.Length; n++)
        {
            var at = (n - lead) * ratio;
            var k = (int)at;
            if (k + 1 >= speech.Samples.Length)
                break;
            audio[n] = (short)(speech.Samples[k] + (at - k) * (speech.Samples[k + 1] - speech.Samples[k]));
        }
        for (var p = 0; p < visemes.Length; p++)
        {
            var at = (p * 640 + 320 - lead) * ratio;
            if (at < 0 || at >= speech.Samples.Length)
                continue;
            var index = Array.FindLastIndex(speech.Phonemes, x => x.Sample <= at);
            visemes[p] = index < 0 ? (byte)0 : (byte)VisemeMap.Of(speech.Phonemes[index].Phoneme);
        }
    }
}
