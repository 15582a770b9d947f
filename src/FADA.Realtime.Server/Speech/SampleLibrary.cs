using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using FADA.Realtime.Media;
using FADA.Realtime.Media.Files;
using FADA.Realtime.Media.Speech;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Streaming;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Speech;

/// <summary>The built-in speech samples: spoken by espeak-ng once, then kept as WAV files.</summary>
internal sealed partial class SampleLibrary(FadaServerOptions options, ILogger<SampleLibrary> logger) : BackgroundService
{
    private static readonly SpeechSample[] Samples =
    [
        new("welcome", "Welcome", "en-us",
            "Hello, and welcome. I am a portrait that learned to speak. Nothing you see here was filmed: every picture is "
            + "made at the moment in which you hear the sound, from one still image and from the voice alone. Watch my lips "
            + "while I say: papa, mama, five, thin, shoe, moon. Vowels open the mouth, a, e, i, o, u, and the sounds p, b "
            + "and m close it again. When I stop, I rest. Type something for me to say, or take the microphone, and I will "
            + "follow your own voice."),
        new("fox", "Quick fox", "en-gb+f3",
            "The quick brown fox jumps over the lazy dog. She sells sea shells by the sea shore. How much wood would a "
            + "woodchuck chuck, if a woodchuck could chuck wood?"),
        new("gruss", "Gruß", "de+m3",
            "Guten Tag! Ich spreche auch Deutsch. Fischers Fritze fischt frische Fische, und Brautkleid bleibt Brautkleid."),
    ];

    private readonly SemaphoreSlim _making = new(1, 1);

    private readonly string _folder = options.SampleFolder.Length > 0
        ? options.SampleFolder
        : Path.Combine(Environment.GetFolderPath(Environment.SpecialFolder.LocalApplicationData, Environment.SpecialFolderOption.Create), "fada", "samples");

    public IReadOnlyList<SpeechSample> All => Samples;

    /// <summary>A sample's speech, 16 kHz mono; made first where it was not yet.</summary>
    /// <exception cref="FadaException">SAMPLE_NOT_FOUND.</exception>
    /// <exception cref="MediaException">espeak-ng is missing or failed.</exception>
    public async Task<Utterance> OpenAsync(string name, CancellationToken cancellation)
    {
        var sample = Array.Find(Samples, s => s.Name == name) ?? throw Refusals.SampleNotFound(name);
        return new Utterance(AudioFileReader.ReadAsync(await MakeAsync(sample, cancellation)));
    }

    /// <summary>The file of a sample, made where it is not there yet.</summary>
    public async Task<string> MakeAsync(SpeechSample sample, CancellationToken cancellation)
    {
        // Another text or voice is another file.
        var id = Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{sample.Voice}\n{sample.Text}")))[..12];
        var path = Path.Combine(_folder, $"{sample.Name}-{id}.wav");
        await _making.WaitAsync(cancellation);
        try
        {
            if (!File.Exists(path))
                await WriteAsync(path, await EspeakSynthesizer.SpeakAsync(sample.Text, sample.Voice, cancellation), cancellation);
            return path;
        }
        finally
        {
            _making.Release();
        }
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            foreach (var sample in Samples)
                await MakeAsync(sample, stoppingToken);
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            // Playing a sample will say the same; the rest of the server does not need them.
            LogUnavailable(e.Message);
        }
    }

    private async Task WriteAsync(string path, short[] speech, CancellationToken cancellation)
    {
        Directory.CreateDirectory(_folder);
        var bytes = new byte[44 + speech.Length * 2];
        WriteHeader(bytes, speech.Length * 2);
        for (var i = 0; i < speech.Length; i++)
            BinaryPrimitives.WriteInt16LittleEndian(bytes.AsSpan(44 + i * 2), speech[i]);
        // Complete under its name or not at all.
        var draft = path + ".part";
        await File.WriteAllBytesAsync(draft, bytes, cancellation);
        File.Move(draft, path, overwrite: true);
    }

    private static void WriteHeader(Span<byte> header, int dataBytes)
    {
        "RIFF"u8.CopyTo(header);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], 36 + dataBytes);
        "WAVEfmt "u8.CopyTo(header[8..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[16..], 16);
        BinaryPrimitives.WriteInt16LittleEndian(header[20..], 1);
        BinaryPrimitives.WriteInt16LittleEndian(header[22..], 1);
        BinaryPrimitives.WriteInt32LittleEndian(header[24..], SpeechClock.SampleRate);
        BinaryPrimitives.WriteInt32LittleEndian(header[28..], SpeechClock.SampleRate * 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[32..], 2);
        BinaryPrimitives.WriteInt16LittleEndian(header[34..], 16);
        "data"u8.CopyTo(header[36..]);
        BinaryPrimitives.WriteInt32LittleEndian(header[40..], dataBytes);
    }

    [LoggerMessage(220, LogLevel.Warning, "The built-in speech samples could not be made: {Reason}")]
    private partial void LogUnavailable(string reason);
}
