using System.Globalization;
using System.Runtime.InteropServices;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.Encoders;

/// <summary>
/// 16 kHz speech to Opus packets of 20 ms. Opus takes 16 kHz as it is (its RTP clock runs at 48 kHz whatever the
/// input), so nothing is resampled on the way.
/// </summary>
internal sealed class AudioEncoder(SessionEncoderOptions options, Action<EncodedFrame> onFrame) : IDisposable
{
    private const int SampleRate = 16_000;

    /// <summary>Pieces of 40 ms waiting for the encoder: 2 s.</summary>
    private const int MaxQueued = 50;

    private readonly EncoderPipeline _pipeline = new(Describe(options), MaxQueued, onFrame);

    public string? Failure => _pipeline.Failure;

    /// <returns>False when the samples were dropped.</returns>
    public bool Push(ReadOnlySpan<short> mono16k, TimeSpan pts)
    {
        if (mono16k.IsEmpty)
            return true;
        if (!_pipeline.HasRoom)
            return false;
        var duration = (ulong)mono16k.Length * 1_000_000_000ul / SampleRate;
        return _pipeline.Push(GstBuffer.Create(MemoryMarshal.AsBytes(mono16k), MediaTime.ToNanoseconds(pts), duration));
    }

    public void Dispose() => _pipeline.Dispose();

    private static string Describe(SessionEncoderOptions options) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"appsrc name=in is-live=true format=time block=false max-bytes=0 max-buffers=0 " +
            $"caps=\"audio/x-raw,format=S16LE,rate={SampleRate},channels=1,layout=interleaved\" ! " +
            $"opusenc bitrate={options.AudioBitrate} bitrate-type=constrained-vbr frame-size=20 audio-type=voice complexity=5 " +
            $"inband-fec=true packet-loss-percentage=5 ! " +
            $"appsink name=out sync=false async=false max-buffers=200 drop=false enable-last-sample=false");
}
