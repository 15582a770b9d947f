using FADA.Realtime.Training.Speech;

namespace FADA.Realtime.Training.Tests.Speech;

public class PhonemeSynthesizerTests
{
    [Fact]
    public void Speak_Words_TellsWhereThePhonemesBegin()
    {
        var speech = PhonemeSynthesizer.Speak("mama", "en-us", 150, 50, 50)!;

        Assert.InRange(speech.Samples.Length, speech.Rate / 5, 2 * speech.Rate);
        Assert.Equal(2, speech.Phonemes.Count(p => VisemeMap.Of(p.Phoneme) == 1));
        Assert.Equal(speech.Phonemes.Select(p => p.Sample).Order(), speech.Phonemes.Select(p => p.Sample));
    }

    [Fact]
    public void Speak_UnknownVoice_GivesNothing() => Assert.Null(PhonemeSynthesizer.Speak("hello", "no-such-voice", 150, 50, 50));
}
