namespace FADA.Realtime.Media.Encoders;

/// <summary>
/// One encoder per session: I420 pictures and 16 kHz speech in, coded frames out, times unchanged. Pushing never
/// blocks: when the encoder is behind, frames are dropped and counted.
/// </summary>
/// <remarks>Pictures are pushed by one thread at a time, and so is sound. Dispose only when nothing is pushed any more.</remarks>
public sealed class SessionEncoder : IDisposable
{
    private readonly VideoEncoder _video;
    private readonly AudioEncoder _audio;
    private long _droppedFrames;
    private long _droppedAudio;
    private volatile bool _disposed;

    /// <param name="options">Sizes and rates.</param>
    /// <param name="onVideo">Called on the encoder's thread for every coded picture, in order; must not block.</param>
    /// <param name="onAudio">Called on the encoder's thread for every Opus packet (20 ms), in order; must not block.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="options"/> is out of its range.</exception>
    /// <exception cref="MediaException">GStreamer or an element is missing.</exception>
    public SessionEncoder(SessionEncoderOptions options, Action<EncodedFrame> onVideo, Action<EncodedFrame> onAudio)
    {
        SessionEncoderLimits.Check(options);
        Options = options;
        _video = new VideoEncoder(options, onVideo);
        try
        {
            _audio = new AudioEncoder(options, onAudio);
        }
        catch
        {
            _video.Dispose();
            throw;
        }
    }

    public SessionEncoderOptions Options { get; }

    /// <summary>Bits per second of the picture; takes effect within a second, without an extra key frame.</summary>
    public int VideoBitrate
    {
        get => _video.Bitrate;
        set
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            _video.Bitrate = value;
        }
    }

    /// <summary>Pictures dropped because the encoder was behind.</summary>
    public long DroppedFrames => Interlocked.Read(ref _droppedFrames);

    /// <summary>Sound pieces dropped because the encoder was behind.</summary>
    public long DroppedAudio => Interlocked.Read(ref _droppedAudio);

    /// <summary>Key frames made on request.</summary>
    public long ForcedKeyFrames => _video.ForcedKeyFrames;

    /// <summary>What broke an encoder, in one sentence; null while both work.</summary>
    public string? Failure => _video.Failure ?? _audio.Failure;

    /// <param name="i420">Y, U, V planes without padding: width x height x 3 / 2 bytes. Copied.</param>
    /// <param name="pts">Media time; must grow.</param>
    /// <returns>False when the picture was dropped.</returns>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public bool PushVideo(ReadOnlySpan<byte> i420, TimeSpan pts)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var taken = _video.Push(i420, pts);
        if (!taken)
            Interlocked.Increment(ref _droppedFrames);
        return taken;
    }

    /// <param name="mono16k">16 kHz mono; 640 samples per 40 ms tick, other lengths work. Copied.</param>
    /// <param name="pts">Media time of the first sample.</param>
    /// <returns>False when the samples were dropped.</returns>
    public bool PushAudio(ReadOnlySpan<short> mono16k, TimeSpan pts)
    {
        ObjectDisposedException.ThrowIf(_disposed, this);
        var taken = _audio.Push(mono16k, pts);
        if (!taken)
            Interlocked.Increment(ref _droppedAudio);
        return taken;
    }

    /// <summary>Makes the next picture a key frame, at most one per <see cref="SessionEncoderOptions.KeyFrameThrottle"/>.</summary>
    public void RequestKeyFrame() => _video.RequestKeyFrame();

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        _video.Dispose();
        _audio.Dispose();
    }
}
