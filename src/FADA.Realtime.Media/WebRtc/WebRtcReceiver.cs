using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>
/// A viewer without a window: the offering side of WHEP. It receives VP8 and Opus over ICE, DTLS and SRTP as a browser
/// does and counts the frames, but decodes nothing, so that many of them fit beside what they measure.
/// </summary>
public sealed class WebRtcReceiver : IDisposable
{
    private const string Video = "application/x-rtp,media=(string)video,encoding-name=(string)VP8,clock-rate=(int)90000,payload=(int)96,rtcp-fb-nack=(boolean)true,rtcp-fb-nack-pli=(boolean)true";
    private const string Audio = "application/x-rtp,media=(string)audio,encoding-name=(string)OPUS,clock-rate=(int)48000,payload=(int)111,encoding-params=(string)2";
    private const int JitterMilliseconds = 20;

    private readonly WebRtcOptions _options;
    private readonly TimeProvider _time;
    private readonly Pipeline _pipeline;
    private readonly CallbackTarget _self;
    private readonly CallbackTarget _videoTarget;
    private readonly CallbackTarget _audioTarget;
    private readonly GstObjectHandle _bin;
    private readonly List<nuint> _handlers = [];
    private readonly TaskCompletionSource _gathered = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource _connected = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private bool _disposed;

    /// <exception cref="MediaException">GStreamer or an element is missing.</exception>
    public WebRtcReceiver(WebRtcOptions options, TimeProvider time)
    {
        GStreamerRuntime.Initialize();
        (_options, _time) = (options, time);
        (VideoFrames, AudioFrames) = (new FrameCount(time), new FrameCount(time));
        _pipeline = new Pipeline(
            $"webrtcbin name=peer bundle-policy=max-bundle latency={JitterMilliseconds} " +
            "rtpvp8depay name=vdepay ! appsink name=vout sync=false async=false max-buffers=100 drop=true enable-last-sample=false " +
            "rtpopusdepay name=adepay ! appsink name=aout sync=false async=false max-buffers=100 drop=true enable-last-sample=false",
            GstClock.Now,
            error => Failure ??= error);
        _bin = _pipeline.ElementHandle("peer");
        WebRtcBin.Configure(_bin.Pointer, options);
        _self = new CallbackTarget(this);
        _videoTarget = new CallbackTarget(VideoFrames);
        _audioTarget = new CallbackTarget(AudioFrames);
        ConnectCallbacks();
        AddReceiver(Video);
        AddReceiver(Audio);
        _pipeline.Play();
    }

    public FrameCount VideoFrames { get; }

    public FrameCount AudioFrames { get; }

    /// <summary>Completes when ICE and DTLS are up.</summary>
    public Task Connected => _connected.Task;

    /// <summary>Why the pipeline failed; null while it works.</summary>
    public string? Failure { get; private set; }

    /// <summary>The offer, candidates included.</summary>
    /// <exception cref="TimeoutException">It did not come about in time.</exception>
    public async Task<string> OfferAsync(CancellationToken cancel)
    {
        using (var promise = new GstPromise())
        {
            WebRtcBin.Create(_bin.Pointer, "offer", promise);
            var reply = await promise.ReplyAsync("create-offer", _options.AnswerTimeout, _time, cancel);
            await DescribeAsync("set-local-description", WebRtcBin.DescriptionIn(reply, "offer"), cancel);
        }

        await _gathered.Task.WaitAsync(_options.AnswerTimeout, _time, cancel);
        return WebRtcBin.LocalDescription(_bin.Pointer);
    }

    /// <summary>Takes the answer; media follows once <see cref="Connected"/>.</summary>
    public async Task AcceptAsync(string answer, CancellationToken cancel)
    {
        using var description = GstSessionDescription.ParseAnswer(answer);
        await DescribeAsync("set-remote-description", description.Pointer, cancel);
    }

    /// <summary>Ends without a word, as a process that is killed: say goodbye over HTTP before. Joins the pipeline's threads.</summary>
    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        foreach (var handler in _handlers)
            GObject.Disconnect(_bin.Pointer, handler);
        _bin.Dispose();
        _pipeline.Dispose();
        // No thread of the pipeline is left that could call back.
        _self.Dispose();
        _videoTarget.Dispose();
        _audioTarget.Dispose();
        _connected.TrySetCanceled(CancellationToken.None);
    }

    private async Task DescribeAsync(string signal, nint description, CancellationToken cancel)
    {
        using var promise = new GstPromise();
        WebRtcBin.Describe(_bin.Pointer, signal, description, promise);
        await promise.ReplyAsync(signal, _options.AnswerTimeout, _time, cancel);
    }

    private void AddReceiver(string text)
    {
        using var caps = GstCapsHandle.Parse(text);
        WebRtcBin.AddReceiver(_bin.Pointer, caps);
    }

    private unsafe void ConnectCallbacks()
    {
        delegate* unmanaged[Cdecl]<nint, nint, nint, void> state = &OnState, added = &OnPadAdded;
        _handlers.Add(GObject.Connect(_bin.Pointer, "notify::connection-state", state, _self.Data));
        _handlers.Add(GObject.Connect(_bin.Pointer, "notify::ice-gathering-state", state, _self.Data));
        _handlers.Add(GObject.Connect(_bin.Pointer, "pad-added", added, _self.Data));
        GstApp.OnSample(_pipeline.Element("vout"), &OnSample, _videoTarget.Data);
        GstApp.OnSample(_pipeline.Element("aout"), &OnSample, _audioTarget.Data);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnState(nint bin, nint property, nint data)
    {
        var self = CallbackTarget.Get<WebRtcReceiver>(data);
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
        try
        {
            var caps = GstPad.GetCurrentCaps(pad);
            var name = GstCapsHandle.Describe(caps)?.Contains("video", StringComparison.Ordinal) == true ? "vdepay" : "adepay";
            if (caps != 0)
                GstMiniObject.Unref(caps);
            using var sink = new GstObjectHandle(GstElement.GetStaticPad(CallbackTarget.Get<WebRtcReceiver>(data)._pipeline.Element(name), "sink"));
            if (GstPad.IsLinked(sink.Pointer) == 0)
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
        CallbackTarget.Get<FrameCount>(data).Add();
        GstMiniObject.Unref(sample);
        return GstApp.FlowOk;
    }
}
