using System.Collections.Concurrent;
using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.Tests.Support;

/// <summary>Decodes coded pictures back to I420 by GStreamer, as a receiver would.</summary>
internal sealed class FrameDecoder : IDisposable
{
    private readonly EncoderPipeline _pipeline;

    public FrameDecoder(VideoCodec codec)
    {
        var (caps, decoder) = codec == VideoCodec.Vp8
            ? ("video/x-vp8", "vp8dec")
            : ("video/x-h264,stream-format=byte-stream,alignment=au", "h264parse ! openh264dec");
        _pipeline = new EncoderPipeline(
            $"appsrc name=in is-live=true format=time caps=\"{caps}\" ! {decoder} ! videoconvert ! video/x-raw,format=I420 ! " +
            "appsink name=out sync=false async=false", 1000, Pictures.Add);
    }

    public BlockingCollection<EncodedFrame> Pictures { get; } = [];

    public string? Failure => _pipeline.Failure;

    public void Push(EncodedFrame frame) => _pipeline.Push(
        GstBuffer.Create(frame.Data.Span, MediaTime.ToNanoseconds(frame.Pts), MediaTime.ToNanoseconds(frame.Duration), frame.IsKeyFrame));

    public EncodedFrame Take() =>
        Pictures.TryTake(out var picture, TimeSpan.FromSeconds(10))
            ? picture
            : throw new TimeoutException($"No decoded picture within 10 s ({Failure}).");

    public void Dispose()
    {
        _pipeline.Dispose();
        Pictures.Dispose();
    }
}
