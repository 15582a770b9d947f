using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Threading.Channels;
using FADA.Realtime.Media.Interop;
using FADA.Realtime.Media.Sdp;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>A microphone that a browser sends (WHIP): Opus in, 16 kHz mono samples out.</summary>
public sealed class WebRtcMicrophone : IAsyncDisposable
{
    /// <summary>Samples of one piece of <see cref="Speech"/>: 20 ms.</summary>
    public const int PieceLength = 320;

    private const int MaxPieces = 500;

    /// <summary>Lost and late packets are waited for this long.</summary>
    private const int JitterMilliseconds = 60;

    private readonly PeerConnection _peer;
    private readonly SdpNegotiation _negotiation;
    private readonly CallbackTarget _self;
    private readonly Channel<short[]> _speech;
    private byte[] _decoded = [];
    private short[] _piece = new short[PieceLength];
    private int _filled;
    private long _dropped;

    private WebRtcMicrophone(SdpNegotiation negotiation, WebRtcOptions options, TimeProvider time)
    {
        _negotiation = negotiation;
        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        _speech = Channel.CreateBounded<short[]>(
            new BoundedChannelOptions(MaxPieces) { FullMode = BoundedChannelFullMode.DropOldest, SingleWriter = true },
            _ => Interlocked.Increment(ref _dropped));
        _peer = new PeerConnection(
            $"webrtcbin name=peer bundle-policy=max-bundle latency={JitterMilliseconds} " +
            "rtpopusdepay name=depay ! opusdec plc=true use-inband-fec=true ! audioconvert ! audioresample ! " +
            "audio/x-raw,format=S16LE,rate=16000,channels=1,layout=interleaved ! " +
            "appsink name=out sync=false async=false max-buffers=100 drop=true enable-last-sample=false",
            GstClock.Now,
            options,
            time);
        _self = new CallbackTarget(this);
        ConnectCallbacks();
        _ = EndAsync();
    }

    /// <summary>Unguessable name of this connection.</summary>
    public string Id { get; }

    /// <summary>The complete SDP answer.</summary>
    public string AnswerSdp { get; private set; } = "";

    /// <summary>
    /// Pieces of 320 samples (20 ms), 16 kHz mono, until the connection ends. Holds 10 s; when nobody reads, the oldest
    /// go (<see cref="DroppedPieces"/>).
    /// </summary>
    public ChannelReader<short[]> Speech => _speech.Reader;

    public long DroppedPieces => Interlocked.Read(ref _dropped);

    /// <summary>Completes when the connection is up; cancelled when it ended before.</summary>
    public Task Connected => _peer.Connected;

    /// <summary>Completes when the connection is gone. Never faults.</summary>
    public Task<PeerCloseReason> Closed => _peer.Closed;

    /// <summary>Why it failed, for the log; null while it works.</summary>
    public string? Failure => _peer.Failure;

    /// <summary>Answers an offer that sends one Opus track.</summary>
    /// <exception cref="SdpException">The offer is malformed or sends no Opus sound.</exception>
    /// <exception cref="MediaException">GStreamer is missing, or no answer came about in time.</exception>
    public static async Task<WebRtcMicrophone> AnswerAsync(string sdpOffer, WebRtcOptions options, TimeProvider time, CancellationToken cancel)
    {
        var negotiation = SdpNegotiation.ForMicrophone(sdpOffer);
        GStreamerRuntime.Initialize();
        var microphone = new WebRtcMicrophone(negotiation, options, time);
        try
        {
            microphone.AnswerSdp = await microphone._peer.AnswerAsync(
                negotiation, SdpDirection.SendOnly, microphone.AddReceiver, cancel);
            return microphone;
        }
        catch
        {
            await microphone.DisposeAsync();
            throw;
        }
    }

    /// <summary>Adds a candidate that the peer found after its offer (trickle).</summary>
    public void AddCandidate(int mediaIndex, string candidate)
    {
        if (_negotiation.LineOf(mediaIndex) is { } line)
            _peer.AddCandidate(line, candidate);
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        _self.Dispose();
    }

    private unsafe void ConnectCallbacks()
    {
        GstApp.OnSample(_peer.Pipeline.Element("out"), &OnSample, _self.Data);
        delegate* unmanaged[Cdecl]<nint, nint, nint, void> padAdded = &OnPadAdded;
        _peer.Connect("pad-added", padAdded, _self.Data);
    }

    // Told beforehand what is wanted, webrtcbin answers with this codec alone.
    private void AddReceiver()
    {
        using var caps = GstCapsHandle.Parse(
            $"application/x-rtp,media=(string)audio,encoding-name=(string)OPUS,clock-rate=(int)48000,payload=(int){_negotiation.Audio!.Codec.PayloadType}");
        WebRtcBin.AddReceiver(_peer.Pipeline.Element("peer"), caps);
    }

    private async Task EndAsync()
    {
        await _peer.Closed;
        _speech.Writer.TryComplete();
    }

    private void Deliver(nint buffer)
    {
        var size = GstBuffer.Size(buffer) & ~1;
        if (_decoded.Length < size)
            _decoded = new byte[size];
        var bytes = _decoded.AsSpan(0, size);
        GstBuffer.CopyTo(buffer, bytes);
        var samples = MemoryMarshal.Cast<byte, short>(bytes);
        while (!samples.IsEmpty)
        {
            var part = Math.Min(PieceLength - _filled, samples.Length);
            samples[..part].CopyTo(_piece.AsSpan(_filled));
            samples = samples[part..];
            _filled += part;
            if (_filled < PieceLength)
                break;
            _speech.Writer.TryWrite(_piece);
            _piece = new short[PieceLength];
            _filled = 0;
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPadAdded(nint bin, nint pad, nint data)
    {
        // One track is taken. A second source on it stays unlinked and ends this connection, nobody else's.
        var self = CallbackTarget.Get<WebRtcMicrophone>(data);
        try
        {
            using var sink = new GstObjectHandle(GstElement.GetStaticPad(self._peer.Pipeline.Element("depay"), "sink"));
            if (GstPad.IsSource(pad) && GstPad.IsLinked(sink.Pointer) == 0)
                _ = GstPad.Link(pad, sink.Pointer);
        }
        catch (ObjectDisposedException)
        {
            // The connection ends at this moment.
        }
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSample(nint sink, nint data)
    {
        var sample = GstApp.PullSample(sink);
        if (sample == 0)
            return GstApp.FlowOk;
        CallbackTarget.Get<WebRtcMicrophone>(data).Deliver(GstBuffer.OfSample(sample));
        GstMiniObject.Unref(sample);
        return GstApp.FlowOk;
    }
}
