namespace FADA.Realtime.Media.Speech;

/// <summary>Speaks text by the espeak-ng executable.</summary>
public static class EspeakSynthesizer
{
    /// <summary>Longest text in characters.</summary>
    public const int MaxTextLength = 4_000;

    /// <param name="text">1 to <see cref="MaxTextLength"/> characters, no markup.</param>
    /// <param name="voice">An espeak-ng voice such as "en-us" or "en+f3"; null: "en-us".</param>
    /// <param name="cancel">Ends the process.</param>
    /// <returns>16 kHz mono.</returns>
    /// <exception cref="ArgumentException">The text is empty or too long, or there is no such voice.</exception>
    /// <exception cref="MediaException">espeak-ng is missing, failed or took longer than 30 s.</exception>
    public static Task<short[]> SpeakAsync(string text, string? voice = null, CancellationToken cancel = default) =>
        throw new NotImplementedException();
}
