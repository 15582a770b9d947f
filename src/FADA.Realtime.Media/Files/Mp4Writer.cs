using System.Runtime.InteropServices;
using FADA.Realtime.Media.Tools;

namespace FADA.Realtime.Media.Files;

/// <summary>
/// Writes H.264 and AAC into an MP4 that starts playing before it is loaded. Constant memory; picture and sound start
/// together at time 0. The file appears under its name only when it is complete.
/// </summary>
/// <remarks>
/// The picture is encoded as it comes through one pipe, the sound (32 kB a second) waits in a raw file beside it and is
/// joined at the end. Two pipes into one ffmpeg can block each other, whichever it happens to read first; this cannot.
/// </remarks>
public sealed class Mp4Writer : IAsyncDisposable
{
    private readonly string _path;
    private readonly string _folder;
    private readonly Mp4WriterOptions _options;
    private readonly ToolProcess _encoder;
    private readonly FileStream _sound;
    private readonly int _frameSize;

    private Mp4Writer(string path, string folder, Mp4WriterOptions options, ToolProcess encoder)
    {
        _path = path;
        _folder = folder;
        _options = options;
        _encoder = encoder;
        _frameSize = options.Width * options.Height * 3 / 2;
        _sound = new FileStream(Path.Combine(folder, "sound.raw"), FileMode.CreateNew, FileAccess.Write, FileShare.Read, 65_536, useAsync: true);
    }

    /// <summary>Pictures written.</summary>
    public long Frames { get; private set; }

    /// <summary>Samples written.</summary>
    public long Samples { get; private set; }

    /// <param name="path">The file; one that is there is replaced when the new one is complete.</param>
    /// <param name="options">Size and rate.</param>
    /// <param name="cancel">Ends the wait.</param>
    /// <exception cref="ArgumentOutOfRangeException">The size is odd or out of 16 to 8192.</exception>
    /// <exception cref="MediaException">ffmpeg or an H.264 encoder is missing, or the folder cannot be written.</exception>
    public static async Task<Mp4Writer> CreateAsync(string path, Mp4WriterOptions options, CancellationToken cancel)
    {
        CheckSide(options.Width, nameof(options.Width));
        CheckSide(options.Height, nameof(options.Height));
        var codec = await H264Encoder.FindAsync(cancel);
        path = Path.GetFullPath(path);
        var folder = Path.Combine(Path.GetDirectoryName(path)!, $".{Path.GetFileName(path)}.{Guid.NewGuid():N}");
        try
        {
            Directory.CreateDirectory(folder);
            return new Mp4Writer(path, folder, options, ToolProcess.Start("ffmpeg", "ffmpeg", VideoArguments(options, codec, folder)));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{path}' cannot be written: {exception.Message}", exception);
        }
    }

    /// <summary>Adds the next picture (I420 without padding, BT.601 limited). Waits when the encoder is behind.</summary>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    /// <exception cref="MediaException">The encoder failed, for example because the disk is full.</exception>
    public async ValueTask WriteFrameAsync(ReadOnlyMemory<byte> i420, CancellationToken cancel)
    {
        if (i420.Length != _frameSize)
            throw new ArgumentException($"A picture of {_options.Width}x{_options.Height} has {_frameSize} bytes in I420, not {i420.Length}.", nameof(i420));
        try
        {
            await _encoder.Input.WriteAsync(i420, cancel);
            Frames++;
        }
        catch (IOException)
        {
            await _encoder.WaitForSuccessAsync("encode the picture", cancel);
            throw;
        }
    }

    /// <summary>Adds the next samples, 16 kHz mono.</summary>
    /// <exception cref="MediaException">The sound cannot be stored, for example because the disk is full.</exception>
    public async ValueTask WriteAudioAsync(ReadOnlyMemory<short> mono16k, CancellationToken cancel)
    {
        try
        {
            await _sound.WriteAsync(MemoryMarshal.AsBytes(mono16k.Span).ToArray(), cancel);
            Samples += mono16k.Length;
        }
        catch (IOException exception)
        {
            throw new MediaException($"The sound of '{_path}' cannot be stored: {exception.Message}", exception);
        }
    }

    /// <summary>Finishes the file. Without this call, disposing throws away what was written.</summary>
    /// <exception cref="MediaException">ffmpeg failed, or no picture was written.</exception>
    public async Task CompleteAsync(CancellationToken cancel)
    {
        if (Frames == 0)
            throw new MediaException($"'{_path}' would have no picture.");
        _encoder.Input.Close();
        await _sound.DisposeAsync();
        await _encoder.WaitForSuccessAsync("encode the picture", cancel);
        var joined = Path.Combine(_folder, "joined.mp4");
        await using (var ffmpeg = ToolProcess.Start("ffmpeg", "ffmpeg", JoinArguments(joined)))
            await ffmpeg.WaitForSuccessAsync("join picture and sound", cancel);
        try
        {
            File.Move(joined, _path, overwrite: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new MediaException($"'{_path}' cannot be written: {exception.Message}", exception);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _encoder.DisposeAsync();
        await _sound.DisposeAsync();
        try
        {
            Directory.Delete(_folder, recursive: true);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            // A rest in a hidden folder is not worth hiding what happened before.
        }
    }

    private static string[] VideoArguments(Mp4WriterOptions options, IReadOnlyList<string> codec, string folder) =>
    [
        "-v", "error", "-nostdin", "-hide_banner",
        "-f", "rawvideo", "-pix_fmt", "yuv420p", "-s", $"{options.Width}x{options.Height}", "-r", $"{options.FramesPerSecond}",
        "-color_range", "tv", "-i", "pipe:0",
        .. codec, "-threads", $"{options.Threads}", "-pix_fmt", "yuv420p",
        "-color_range", "tv", "-colorspace", "smpte170m", "-color_primaries", "smpte170m", "-color_trc", "smpte170m",
        Path.Combine(folder, "picture.mp4"),
    ];

    private string[] JoinArguments(string joined)
    {
        string[] head = ["-v", "error", "-nostdin", "-hide_banner", "-i", Path.Combine(_folder, "picture.mp4")];
        string[] sound = ["-f", "s16le", "-ar", "16000", "-ac", "1", "-i", _sound.Name, "-c:a", "aac", "-b:a", "96k"];
        return [.. head, .. Samples > 0 ? sound : [], "-c:v", "copy", "-movflags", "+faststart", joined];
    }

    private static void CheckSide(int value, string name)
    {
        if (value is < 16 or > 8192 || value % 2 != 0)
            throw new ArgumentOutOfRangeException(name, value, $"{name} is {value}; it must be even and 16 to 8192.");
    }
}
