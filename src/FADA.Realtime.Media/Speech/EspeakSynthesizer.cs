using System.Buffers.Binary;
using System.Runtime.InteropServices;
using System.Text;
using System.Text.RegularExpressions;
using FADA.Realtime.Media.Audio;
using FADA.Realtime.Media.Tools;

namespace FADA.Realtime.Media.Speech;

/// <summary>Speaks text by the espeak-ng executable (Debian package espeak-ng).</summary>
public static partial class EspeakSynthesizer
{
    /// <summary>Longest text in characters.</summary>
    public const int MaxTextLength = 4_000;

    private const string DefaultVoice = "en-us";
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(30);

    /// <param name="text">1 to <see cref="MaxTextLength"/> characters, no markup.</param>
    /// <param name="voice">An espeak-ng voice such as "en-us" or "en+f3"; null: "en-us".</param>
    /// <param name="cancel">Ends the process.</param>
    /// <returns>16 kHz mono.</returns>
    /// <exception cref="ArgumentException">The text is empty or too long, or there is no such voice.</exception>
    /// <exception cref="MediaException">espeak-ng is missing, failed or took longer than 30 s.</exception>
    public static async Task<short[]> SpeakAsync(string text, string? voice = null, CancellationToken cancel = default)
    {
        if (string.IsNullOrWhiteSpace(text))
            throw new ArgumentException("There is no text to speak.", nameof(text));
        if (text.Length > MaxTextLength)
            throw new ArgumentException($"The text has {text.Length} characters; {MaxTextLength} are allowed.", nameof(text));
        voice ??= DefaultVoice;
        if (!VoiceName().IsMatch(voice))
            throw new ArgumentException($"There is no voice '{voice}'.", nameof(voice));

        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        limit.CancelAfter(Timeout);
        try
        {
            return await RunAsync(text, voice, limit.Token);
        }
        catch (OperationCanceledException) when (!cancel.IsCancellationRequested)
        {
            throw new MediaException($"espeak-ng took longer than {Timeout.TotalSeconds:0} s.");
        }
    }

    private static async Task<short[]> RunAsync(string text, string voice, CancellationToken cancel)
    {
        await using var espeak = ToolProcess.Start("espeak-ng", "espeak-ng", ["--stdout", "--stdin", "-b", "1", "-v", voice]);
        var writing = WriteAsync(espeak.Input, text, cancel);
        using var wave = new MemoryStream();
        await espeak.Output.CopyToAsync(wave, cancel);
        await writing;
        var (exitCode, complaints) = await espeak.WaitAsync(cancel);
        if (complaints.Any(line => line.Contains("voice does not exist", StringComparison.OrdinalIgnoreCase)))
            throw new ArgumentException($"There is no voice '{voice}'.", nameof(voice));
        if (exitCode != 0)
            throw new MediaException($"espeak-ng failed: {complaints.LastOrDefault($"exit code {exitCode}")}");
        return Convert(wave.GetBuffer().AsSpan(0, (int)wave.Length));
    }

    private static async Task WriteAsync(Stream input, string text, CancellationToken cancel)
    {
        try
        {
            await input.WriteAsync(Encoding.UTF8.GetBytes(text), cancel);
            input.Close();
        }
        catch (IOException)
        {
            // It ended without reading: its exit code tells why.
        }
    }

    // A stream has no true lengths in its header, so the data goes to the end.
    private static short[] Convert(ReadOnlySpan<byte> wave)
    {
        const int HeaderLength = 44;
        if (wave.Length <= HeaderLength || !wave.StartsWith("RIFF"u8))
            throw new MediaException("espeak-ng spoke nothing.");
        var rate = BinaryPrimitives.ReadInt32LittleEndian(wave[24..]);
        var spoken = MemoryMarshal.Cast<byte, short>(wave[HeaderLength..(wave.Length & ~1)]);
        var resampler = new Resampler(rate);
        var result = new short[resampler.MaxOutput(spoken.Length) + resampler.MaxOutput(0)];
        var length = resampler.Process(spoken, result);
        length += resampler.Flush(result.AsSpan(length));
        return result[..length];
    }

    [GeneratedRegex(@"^[A-Za-z][A-Za-z0-9_+-]{0,39}$")]
    private static partial Regex VoiceName();
}
