using System.Globalization;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.Encoders;

/// <summary>Pictures of one size to VP8 or H.264 in real time.</summary>
internal sealed class VideoEncoder : IDisposable
{
    private readonly SessionEncoderOptions _options;
    private readonly EncoderPipeline _pipeline;
    private readonly GstBufferPoolHandle _pool;
    private readonly int _size;
    private readonly nint _encoder;
    private int _keyFrameWanted;
    private TimeSpan? _lastForced;
    private int _bitrate;

    public VideoEncoder(SessionEncoderOptions options, Action<EncodedFrame> onFrame)
    {
        if (options.Codec == VideoCodec.H264)
            GStreamerRuntime.Require("openh264enc", "gstreamer1.0-plugins-bad");
        else
            GStreamerRuntime.Initialize();
        _options = options;
        _size = options.Width * options.Height * 3 / 2;
        // The encoder itself holds up to two pictures beside those queued.
        _pool = new GstBufferPoolHandle(_size, options.MaxQueuedFrames + 3);
        _pipeline = new EncoderPipeline(Describe(options), options.MaxQueuedFrames, onFrame);
        _encoder = _pipeline.Element("encoder");
        _bitrate = options.VideoBitrate;
    }

    public long ForcedKeyFrames { get; private set; }

    public string? Failure => _pipeline.Failure;

    public int Bitrate
    {
        get => _bitrate;
        set
        {
            SessionEncoderLimits.Check(value, SessionEncoderLimits.MinVideoBitrate, SessionEncoderLimits.MaxVideoBitrate, nameof(SessionEncoderOptions.VideoBitrate));
            _bitrate = value;
            var property = _options.Codec == VideoCodec.Vp8 ? "target-bitrate" : "bitrate";
            GObject.Set(_encoder, property, value.ToString(CultureInfo.InvariantCulture));
        }
    }

    public void RequestKeyFrame() => Interlocked.Exchange(ref _keyFrameWanted, 1);

    /// <returns>False when the picture was dropped.</returns>
    public bool Push(ReadOnlySpan<byte> i420, TimeSpan pts)
    {
        if (i420.Length != _size)
            throw new ArgumentException($"A picture of {_options.Width}x{_options.Height} has {_size} bytes in I420, not {i420.Length}.", nameof(i420));
        if (!_pipeline.HasRoom)
            return false;
        var buffer = _pool.TryAcquire();
        if (buffer == 0)
            return false;
        ForceKeyFrameIfDue(pts);
        GstBuffer.Fill(buffer, i420, MediaTime.ToNanoseconds(pts), 1_000_000_000ul / (ulong)_options.FramesPerSecond);
        return _pipeline.Push(buffer);
    }

    public void Dispose()
    {
        _pipeline.Dispose();
        _pool.Dispose();
    }

    // Requests of all viewers meet here: one key frame answers them all, and a crowd cannot ask for a stream of them.
    private void ForceKeyFrameIfDue(TimeSpan pts)
    {
        if (Volatile.Read(ref _keyFrameWanted) == 0)
            return;
        if (_lastForced is { } last && pts - last < _options.KeyFrameThrottle)
            return;
        Interlocked.Exchange(ref _keyFrameWanted, 0);
        _lastForced = pts;
        ForcedKeyFrames++;
        _ = GstElement.SendEvent(_encoder, GstPad.NewForceKeyUnit(GstBuffer.NoTime, 1, (uint)ForcedKeyFrames));
    }

    private static string Describe(SessionEncoderOptions options)
    {
        var caps = string.Create(
            CultureInfo.InvariantCulture,
            $"video/x-raw,format=I420,width={options.Width},height={options.Height},framerate={options.FramesPerSecond}/1,colorimetry=bt601,interlace-mode=progressive");
        var longest = Math.Max(1, (int)(options.KeyFrameInterval.TotalSeconds * options.FramesPerSecond));
        var encoder = options.Codec == VideoCodec.Vp8
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"vp8enc name=encoder deadline=1 cpu-used=8 threads=1 lag-in-frames=0 end-usage=cbr target-bitrate={options.VideoBitrate} " +
                $"error-resilient=default keyframe-max-dist={longest} min-quantizer=4 max-quantizer=56 undershoot=95 overshoot=15 " +
                $"buffer-initial-size=500 buffer-optimal-size=600 buffer-size=1000 max-intra-bitrate=600 static-threshold=1")
            : string.Create(
                CultureInfo.InvariantCulture,
                $"openh264enc name=encoder usage-type=camera complexity=low rate-control=bitrate bitrate={options.VideoBitrate} " +
                $"gop-size={longest} multi-thread=1 enable-frame-skip=false ! video/x-h264,stream-format=byte-stream,alignment=au,profile=constrained-baseline");
        return $"appsrc name=in is-live=true format=time block=false max-bytes=0 max-buffers=0 caps=\"{caps}\" ! {encoder} ! " +
            "appsink name=out sync=false async=false max-buffers=64 drop=false enable-last-sample=false";
    }
}
