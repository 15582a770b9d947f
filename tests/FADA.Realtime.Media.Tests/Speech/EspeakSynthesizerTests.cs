using FADA.Realtime.Media.Speech;
using FADA.Realtime.Media.Tests.Support;

namespace FADA.Realtime.Media.Tests.Speech;

public sealed class EspeakSynthesizerTests
{
    [Fact]
    public async Task SpeakAsync_ASentence_GivesSpeechOfAPlausibleLength()
    {
        var speech = await EspeakSynthesizer.SpeakAsync("The quick brown fox jumps over the lazy dog.");

        Assert.InRange(speech.Length / 16_000.0, 1.5, 6);
        Assert.InRange(TestSounds.Rms(speech), 500, 12_000);
    }

    [Fact]
    public async Task SpeakAsync_ALongerText_SpeaksLonger()
    {
        var brief = await EspeakSynthesizer.SpeakAsync("One.");
        var lengthy = await EspeakSynthesizer.SpeakAsync("-v is no option here. " + string.Concat(Enumerable.Repeat("One, two, three. ", 20)));

        Assert.True(lengthy.Length > 10 * brief.Length);
    }

    [Theory]
    [InlineData("", null, "no text")]
    [InlineData("Hello", "zzz", "zzz")]
    [InlineData("Hello", "../../etc/passwd", "passwd")]
    public async Task SpeakAsync_BadInput_SaysWhat(string text, string? voice, string part)
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => EspeakSynthesizer.SpeakAsync(text, voice));
        Assert.Contains(part, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task SpeakAsync_TooLong_NamesTheLimit()
    {
        var error = await Assert.ThrowsAsync<ArgumentException>(() => EspeakSynthesizer.SpeakAsync(new string('a', 4001)));
        Assert.Contains("4000", error.Message, StringComparison.Ordinal);
    }
}
