namespace FADA.Realtime.Media.Encoders;

/// <summary>
/// One encoder per session: I420 pictures and 16 kHz speech in, coded frames out, times unchanged. Pushing never
/// blocks: when the encoder is behind, frames are dropped and counted.
/// </summary>
public sealed class SessionEncoder : IDisposable
{
    /// <param name="options">Sizes and rates.</param>
    /// <param name="onVideo">Called on the encoder's thread for every coded picture, in order; must not block.</param>
    /// <param name="onAudio">Called on the encoder's thread for every Opus packet (20 ms), in order; must not block.</param>
    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="options"/> is out of its range.</exception>
    /// <exception cref="MediaException">GStreamer or an element is missing.</exception>
    public SessionEncoder(SessionEncoderOptions options, Action<EncodedFrame> onVideo, Action<EncodedFrame> onAudio) =>
        throw new NotImplementedException();

    public SessionEncoderOptions Options => throw new NotImplementedException();

    /// <summary>Bits per second of the picture; takes effect within a second, without an extra key frame.</summary>
    public int VideoBitrate
    {
        get => throw new NotImplementedException();
        set => throw new NotImplementedException();
    }

    /// <summary>Pictures dropped because the encoder was behind.</summary>
    public long DroppedFrames => throw new NotImplementedException();

    /// <summary>Sound pieces dropped because the encoder was behind.</summary>
    public long DroppedAudio => throw new NotImplementedException();

    /// <summary>Key frames made on request.</summary>
    public long ForcedKeyFrames => throw new NotImplementedException();

    /// <param name="i420">Y, U, V planes without padding: width x height x 3 / 2 bytes. Copied.</param>
    /// <param name="pts">Media time; must grow.</param>
    /// <returns>False when the picture was dropped.</returns>
    /// <exception cref="ArgumentException">The picture has another size.</exception>
    public bool PushVideo(ReadOnlySpan<byte> i420, TimeSpan pts) => throw new NotImplementedException();

    /// <param name="mono16k">16 kHz mono; 640 samples per 40 ms tick, other lengths work. Copied.</param>
    /// <param name="pts">Media time of the first sample.</param>
    /// <returns>False when the samples were dropped.</returns>
    public bool PushAudio(ReadOnlySpan<short> mono16k, TimeSpan pts) => throw new NotImplementedException();

    /// <summary>Makes the next picture a key frame, at most one per <see cref="SessionEncoderOptions.KeyFrameThrottle"/>.</summary>
    public void RequestKeyFrame() => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
