using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Interop;
using FADA.Realtime.Media.WebRtc;

namespace FADA.Realtime.Media.Tests.Support;

/// <summary>
/// A peer of its own, as a browser would be: a second webrtcbin that makes the offer, receives (or sends) over ICE,
/// DTLS and SRTP on loopback, and hands out the depayloaded frames.
/// </summary>
internal sealed class TestPeer : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);
    private readonly Pipeline _pipeline;
    private readonly CallbackTarget _self;
    private readonly nint _bin;
    private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly CallbackTarget _videoTarget;
    private readonly CallbackTarget _audioTarget;
    private string? _error;

    private TestPeer(string description)
    {
        _pipeline = new Pipeline(description, 0, error => _error ??= error);
        _self = new CallbackTarget(this);
        _videoTarget = new CallbackTarget(Video);
        _audioTarget = new CallbackTarget(Audio);
        _bin = _pipeline.Element("peer");
        WebRtcBin.Configure(_bin, Loopback);
        Connect();
    }

    public static WebRtcOptions Loopback { get; } = new() { BindAddresses = ["127.0.0.1"] };

    public BlockingCollection<EncodedFrame> Video { get; } = [];

    public BlockingCollection<EncodedFrame> Audio { get; } = [];

    /// <summary>A peer that watches and listens.</summary>
    public static TestPeer Viewer(VideoCodec codec = VideoCodec.Vp8, bool video = true, bool audio = true)
    {
        GStreamerRuntime.Initialize();
        var depay = codec == VideoCodec.Vp8 ? "rtpvp8depay" : "rtph264depay";
        var after = codec == VideoCodec.Vp8 ? "" : "! video/x-h264,stream-format=byte-stream,alignment=au ";
        var peer = new TestPeer(
            $"webrtcbin name=peer bundle-policy=max-bundle latency=20 {depay} name=vdepay {after}! appsink name=vout sync=false async=false " +
            "rtpopusdepay name=adepay ! appsink name=aout sync=false async=false");
        peer.Listen();
        var format = codec == VideoCodec.Vp8
            ? "encoding-name=(string)VP8"
            : "encoding-name=(string)H264,packetization-mode=(string)1,profile-level-id=(string)42e01f,level-asymmetry-allowed=(string)1";
        if (video)
            peer.AddReceiver($"application/x-rtp,media=(string)video,{format},clock-rate=(int)90000,payload=(int)96,rtcp-fb-nack=(boolean)true,rtcp-fb-nack-pli=(boolean)true");
        if (audio)
            peer.AddReceiver("application/x-rtp,media=(string)audio,encoding-name=(string)OPUS,clock-rate=(int)48000,payload=(int)111,encoding-params=(string)2");
        peer._pipeline.Play();
        return peer;
    }

    /// <summary>A peer that speaks; give it sound with <see cref="Speak"/>.</summary>
    public static TestPeer Speaker()
    {
        GStreamerRuntime.Initialize();
        var peer = new TestPeer(
            "webrtcbin name=peer bundle-policy=max-bundle appsrc name=in is-live=true format=time do-timestamp=true " +
            "caps=\"audio/x-raw,format=S16LE,rate=48000,channels=1,layout=interleaved\" ! opusenc bitrate=64000 ! rtpopuspay pt=111 ssrc=77 ! peer.sink_0");
        peer._pipeline.Play();
        using var pad = new GstObjectHandle(GstElement.GetStaticPad(peer._bin, "sink_0"));
        using var caps = GstCapsHandle.Parse("application/x-rtp,media=(string)audio,encoding-name=(string)OPUS,clock-rate=(int)48000,payload=(int)111,ssrc=(uint)77,encoding-params=(string)2");
        _ = GstPad.SendEvent(pad.Pointer, GstPad.NewStreamStart("speaker"));
        _ = GstPad.SendEvent(pad.Pointer, GstPad.NewCaps(caps.Pointer));
        return peer;
    }

    public async Task<string> OfferAsync()
    {
        using (var promise = new GstPromise())
        {
            WebRtcBin.Create(_bin, "offer", promise);
            var reply = await promise.ReplyAsync("create-offer", Patience, TimeProvider.System, default);
            await DescribeAsync("set-local-description", WebRtcBin.DescriptionIn(reply, "offer"));
        }
        await _gathered.Task.WaitAsync(Patience);
        return WebRtcBin.LocalDescription(_bin);
    }

    public async Task AcceptAsync(string answer)
    {
        using var description = GstSessionDescription.ParseAnswer(answer);
        await DescribeAsync("set-remote-description", description.Pointer);
    }

    public Task ConnectedAsync() => _connected.Task.WaitAsync(Patience);

    /// <summary>Joins a session and waits for the connection.</summary>
    public async Task<string> JoinAsync(MediaSession session)
    {
        var answer = await session.AddViewerAsync(await OfferAsync(), default);
        await AcceptAsync(answer.Sdp);
        await ConnectedAsync();
        return answer.Id;
    }

    public EncodedFrame TakeVideo() => Take(Video);

    public EncodedFrame TakeAudio() => Take(Audio);

    /// <summary>Sends a PLI: what a decoder does that lost its way.</summary>
    public void RequestKeyFrame() => _ = GstElement.SendEvent(_pipeline.Element("vdepay"), GstPad.NewForceKeyUnit(GstBuffer.NoTime, 1, 1));

    /// <summary>48 kHz mono.</summary>
    public void Speak(ReadOnlySpan<short> samples) => GstApp.Push(
        _pipeline.Element("in"), GstBuffer.Create(MemoryMarshal.AsBytes(samples), GstBuffer.NoTime, (ulong)samples.Length * 1_000_000_000 / 48_000));

    /// <summary>Ends like a process that is killed: no goodbye reaches the other side.</summary>
    public void Dispose()
    {
        _pipeline.Dispose();
        _self.Dispose();
        _videoTarget.Dispose();
        _audioTarget.Dispose();
        Video.Dispose();
        Audio.Dispose();
    }

    private EncodedFrame Take(BlockingCollection<EncodedFrame> frames) => frames.TryTake(out var frame, Patience)
        ? frame
        : throw new TimeoutException($"Nothing arrived within {Patience} ({_error ?? "no error"}).");

    private async Task DescribeAsync(string signal, nint description)
    {
        using var promise = new GstPromise();
        WebRtcBin.Describe(_bin, signal, description, promise);
        await promise.ReplyAsync(signal, Patience, TimeProvider.System, default);
    }

    private void AddReceiver(string text)
    {
        using var caps = GstCapsHandle.Parse(text);
        WebRtcBin.AddReceiver(_bin, caps);
    }

    private unsafe void Connect()
    {
        delegate* unmanaged[Cdecl]<nint, nint, nint, void> state = &OnState, added = &OnPadAdded;
        GObject.Connect(_bin, "notify::connection-state", state, _self.Data);
        GObject.Connect(_bin, "notify::ice-gathering-state", state, _self.Data);
        GObject.Connect(_bin, "pad-added", added, _self.Data);
    }

    private unsafe void Listen()
    {
        GstApp.OnSample(_pipeline.Element("vout"), &OnSample, _videoTarget.Data);
        GstApp.OnSample(_pipeline.Element("aout"), &OnSample, _audioTarget.Data);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnState(nint bin, nint property, nint data)
    {
        var self = CallbackTarget.Get<TestPeer>(data);
        if (GObject.GetEnum(bin, "connection-state") == WebRtcBin.StateConnected)
            self._connected.TrySetResult();
        if (GObject.GetEnum(bin, "ice-gathering-state") == WebRtcBin.GatheringComplete)
            self._gathered.TrySetResult();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnPadAdded(nint bin, nint pad, nint data)
    {
        if (!GstPad.IsSource(pad))
            return;
        var caps = GstPad.GetCurrentCaps(pad);
        var name = GstCapsHandle.Describe(caps)?.Contains("video", StringComparison.Ordinal) == true ? "vdepay" : "adepay";
        if (caps != 0)
            GstMiniObject.Unref(caps);
        using var sink = new GstObjectHandle(GstElement.GetStaticPad(CallbackTarget.Get<TestPeer>(data)._pipeline.Element(name), "sink"));
        _ = GstPad.Link(pad, sink.Pointer);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static int OnSample(nint sink, nint data)
    {
        var sample = GstApp.PullSample(sink);
        if (sample == 0)
            return GstApp.FlowOk;
        var buffer = GstBuffer.OfSample(sample);
        CallbackTarget.Get<BlockingCollection<EncodedFrame>>(data).Add(new EncodedFrame(
            GstBuffer.ToArray(buffer), MediaTime.FromNanoseconds(GstBuffer.Pts(buffer)), default, GstBuffer.IsKeyFrame(buffer)));
        GstMiniObject.Unref(sample);
        return GstApp.FlowOk;
    }
}
