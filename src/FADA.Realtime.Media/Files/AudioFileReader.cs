using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FADA.Realtime.Media.Tools;

namespace FADA.Realtime.Media.Files;

/// <summary>Reads any sound file that ffmpeg decodes as 16 kHz mono, at constant memory whatever its length.</summary>
public static class AudioFileReader
{
    // Only containers that hold their own data: playlists and scripts could make ffmpeg open other files or addresses.
    private const string Formats = "wav,w64,aiff,au,caf,mp3,flac,ogg,aac,amr,ac3,mov,matroska,asf,avi,mpegts,mpeg,flv,wv,tta,ape,voc";

    /// <summary>
    /// The sound in blocks of <paramref name="blockSamples"/> (the last may be shorter, none is empty). A damaged file
    /// gives what can be decoded.
    /// </summary>
    /// <remarks>A block is valid until the next is asked for.</remarks>
    /// <exception cref="AudioFileException">Missing, not sound, without a sample, or undecodable.</exception>
    /// <exception cref="MediaException">ffmpeg is not installed.</exception>
    public static async IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync(
        string path, int blockSamples = 16_000, [EnumeratorCancellation] CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(blockSamples, 1);
        var name = Path.GetFileName(path);
        if (!File.Exists(path))
            throw new AudioFileException(AudioFileError.NotFound, $"There is no sound file '{path}'.");
        if (new FileInfo(path).Length == 0)
            throw new AudioFileException(AudioFileError.Empty, $"The sound file '{name}' is empty.");

        await using var ffmpeg = ToolProcess.Start("ffmpeg", "ffmpeg", Arguments(path));
        ffmpeg.Input.Close();
        var bytes = new byte[blockSamples * sizeof(short)];
        var samples = new short[blockSamples];
        var any = false;
        int read;
        while ((read = await ffmpeg.Output.ReadAtLeastAsync(bytes, bytes.Length, throwOnEndOfStream: false, cancel) / sizeof(short)) > 0)
        {
            any = true;
            MemoryMarshal.Cast<byte, short>(bytes.AsSpan(0, read * sizeof(short))).CopyTo(samples);
            yield return samples.AsMemory(0, read);
        }
        if (any)
            yield break; // a fault after this point is a damaged end: what could be decoded was given
        var (exitCode, complaints) = await ffmpeg.WaitAsync(cancel);
        throw Explain(name, exitCode, complaints);
    }

    private static string[] Arguments(string path) =>
    [
        "-v", "error", "-nostdin", "-hide_banner", "-threads", "1",
        "-protocol_whitelist", "file", "-format_whitelist", Formats,
        "-i", "file:" + Path.GetFullPath(path),
        "-map", "0:a:0", "-vn", "-ac", "1", "-ar", "16000", "-f", "s16le", "-protocol_whitelist", "pipe", "pipe:1",
    ];

    private static AudioFileException Explain(string name, int exitCode, string[] complaints)
    {
        bool Says(string part) => complaints.Any(line => line.Contains(part, StringComparison.Ordinal));
        if (exitCode == 0 || Says("Output file is empty"))
            return new AudioFileException(AudioFileError.Empty, $"The sound file '{name}' holds no sound.");
        if (Says("matches no streams"))
            return new AudioFileException(AudioFileError.NotAudio, $"'{name}' has no sound track.");
        if (Says("Invalid data") || Says("whitelist"))
            return new AudioFileException(AudioFileError.NotAudio, $"'{name}' is no sound file that can be read.");
        var reason = complaints.LastOrDefault($"ffmpeg ended with {exitCode}");
        return new AudioFileException(AudioFileError.Damaged, $"Nothing of the sound file '{name}' can be decoded: {reason}");
    }
}
