using System.Runtime.CompilerServices;
using FADA.Realtime.Media.Speech;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;

namespace FADA.Realtime.Server.Speech;

/// <summary>Text as speech.</summary>
internal sealed class TextSpeech(FadaServerOptions options)
{
    public const string DefaultVoice = "en-us";

    /// <summary>What the console page offers; any voice of espeak-ng works.</summary>
    public static readonly IReadOnlyList<KeyValuePair<string, string>> Voices =
    [
        new("en-us", "English (US)"),
        new("en-us+f3", "English (US), female"),
        new("en-gb", "English (GB)"),
        new("en-gb+f4", "English (GB), female"),
        new("de", "Deutsch"),
        new("de+f3", "Deutsch, weiblich"),
        new("fr", "Français"),
        new("es", "Español"),
        new("it", "Italiano"),
    ];

    /// <exception cref="FadaException">TEXT_EMPTY, TEXT_TOO_LONG or VOICE_UNKNOWN.</exception>
    /// <exception cref="Media.MediaException">espeak-ng is missing or failed.</exception>
    public async Task<Utterance> SpeakAsync(string? text, string? voice, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw Refusals.Invalid("TEXT_EMPTY", "text", "There is no text to speak.");
        if (text.Length > options.MaxTextLength)
            throw Refusals.Invalid("TEXT_TOO_LONG", "text", $"The text has {text.Length} characters; at most {options.MaxTextLength} are spoken in one go.");
        var chosen = string.IsNullOrEmpty(voice) ? DefaultVoice : voice;
        try
        {
            var speech = await EspeakSynthesizer.SpeakAsync(text, chosen, cancellation);
            return new Utterance(OneBlockAsync(speech));
        }
        catch (ArgumentException)
        {
            // The text was checked above, so it is the voice.
            throw Refusals.Invalid("VOICE_UNKNOWN", "voice", $"There is no voice '{Refusals.Short(chosen)}'.");
        }
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> OneBlockAsync(
        short[] speech, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await Task.CompletedTask;
        cancellation.ThrowIfCancellationRequested();
        yield return speech;
    }
}
