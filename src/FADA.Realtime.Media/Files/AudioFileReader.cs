namespace FADA.Realtime.Media.Files;

/// <summary>Reads any sound file that ffmpeg decodes as 16 kHz mono, at constant memory whatever its length.</summary>
public static class AudioFileReader
{
    /// <summary>
    /// The sound in blocks of <paramref name="blockSamples"/> (the last may be shorter, none is empty). A damaged file
    /// gives what can be decoded.
    /// </summary>
    /// <remarks>A block is valid until the next is asked for.</remarks>
    /// <exception cref="AudioFileException">Missing, not sound, without a sample, or undecodable.</exception>
    /// <exception cref="MediaException">ffmpeg is not installed.</exception>
    public static IAsyncEnumerable<ReadOnlyMemory<short>> ReadAsync(string path, int blockSamples = 16_000, CancellationToken cancel = default) =>
        throw new NotImplementedException();
}
