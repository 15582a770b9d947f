namespace FADA.Realtime.Media.Files;

/// <summary>
/// Writes H.264 and AAC into an MP4 that starts playing before it is loaded. Constant memory; picture and sound start
/// together at time 0. The file appears under its name only when it is complete.
/// </summary>
public sealed class Mp4Writer : IAsyncDisposable
{
    private Mp4Writer() => throw new NotImplementedException();

    public long Frames => throw new NotImplementedException();

    /// <exception cref="MediaException">ffmpeg is missing, or the folder cannot be written.</exception>
    public static Task<Mp4Writer> CreateAsync(string path, Mp4WriterOptions options, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Adds the next picture (I420 without padding, BT.601 limited). Waits when the encoder is behind.</summary>
    public ValueTask WriteFrameAsync(ReadOnlyMemory<byte> i420, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Adds the next samples, 16 kHz mono.</summary>
    public ValueTask WriteAudioAsync(ReadOnlyMemory<short> mono16k, CancellationToken cancel) => throw new NotImplementedException();

    /// <summary>Finishes the file. Without this call, disposing throws away what was written.</summary>
    public Task CompleteAsync(CancellationToken cancel) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
