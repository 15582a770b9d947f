using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Interop;
using FADA.Realtime.Media.Sdp;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>
/// One who watches: coded frames of the shared encoder → payloaders → webrtcbin. Nothing is pushed before the
/// connection is up; then a key frame is asked for, and pictures are skipped until it comes.
/// </summary>
internal sealed class WebRtcViewer : IAsyncDisposable
{
    /// <summary>Coded frames that may wait in a viewer's pipeline: a network sink never waits, so this is a fault.</summary>
    private const int MaxQueued = 50;

    private readonly PeerConnection _peer;
    private readonly SdpNegotiation _negotiation;
    private readonly Action _requestKeyFrame;
    private readonly CallbackTarget _self;
    private readonly Lock _gate = new();
    private readonly nint _video;
    private readonly nint _audio;
    private GstObjectHandle? _probedPad;
    private nuint _probe;
    private bool _open;
    private bool _needsKeyFrame = true;
    private long _keyFrameRequests;
    private long _framesSent;
    private long _framesSkipped;

    private WebRtcViewer(SdpNegotiation negotiation, ulong baseTime, WebRtcOptions options, TimeProvider time, VideoCodec codec, Action requestKeyFrame)
    {
        _negotiation = negotiation;
        _requestKeyFrame = requestKeyFrame;
        Id = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var tracks = ViewerTracks.For(negotiation, codec);
        _peer = new PeerConnection(ViewerTracks.Pipeline(tracks), baseTime, options, time) { OnUp = Open, OnDown = Shut };
        _self = new CallbackTarget(this);
        Tracks = tracks;
        foreach (var track in tracks)
            track.Prepare(_peer.Pipeline);
        _video = negotiation.Video is null ? 0 : _peer.Pipeline.Element("video");
        _audio = negotiation.Audio is null ? 0 : _peer.Pipeline.Element("audio");
        ProbeKeyFrameRequests();
    }

    public string Id { get; }

    public Task Connected => _peer.Connected;

    public Task<PeerCloseReason> Closed => _peer.Closed;

    public bool IsConnected => _peer.IsConnected;

    /// <summary>Why it failed, for the log; null while it works.</summary>
    public string? Failure => _peer.Failure;

    public TimeSpan HeardAgo => _peer.HeardAgo;

    private IReadOnlyList<ViewerTrack> Tracks { get; }

    /// <param name="sdpOffer">The viewer's offer.</param>
    /// <param name="codec">What the shared encoder makes.</param>
    /// <param name="baseTime">The session's base time, see <see cref="Pipeline"/>.</param>
    /// <param name="options">Addresses, servers, time-outs.</param>
    /// <param name="time">For the time-outs.</param>
    /// <param name="requestKeyFrame">Asks the shared encoder; any thread, must not block.</param>
    /// <param name="cancel">Ends the attempt.</param>
    /// <exception cref="SdpException">The offer is malformed.</exception>
    public static async Task<(WebRtcViewer Viewer, string Answer)> AnswerAsync(
        string sdpOffer,
        VideoCodec codec,
        ulong baseTime,
        WebRtcOptions options,
        TimeProvider time,
        Action requestKeyFrame,
        CancellationToken cancel)
    {
        var viewer = new WebRtcViewer(SdpNegotiation.ForViewer(sdpOffer, codec), baseTime, options, time, codec, requestKeyFrame);
        try
        {
            return (viewer, await viewer._peer.AnswerAsync(viewer._negotiation, SdpDirection.ReceiveOnly, viewer.Announce, cancel));
        }
        catch
        {
            await viewer.DisposeAsync();
            throw;
        }
    }

    /// <param name="frame">Shared with the other viewers.</param>
    /// <param name="offset">From media time to running time since the base time.</param>
    public void PushVideo(EncodedFrame frame, TimeSpan offset)
    {
        lock (_gate)
        {
            if (!_open || _video == 0)
                return;
            if (_needsKeyFrame && !frame.IsKeyFrame)
            {
                _framesSkipped++;
                return;
            }
            if (GstApp.QueuedBuffers(_video) >= MaxQueued)
            {
                _framesSkipped++;
                _needsKeyFrame = true;
                _requestKeyFrame();
                return;
            }
            _needsKeyFrame = false;
            _framesSent++;
            Push(_video, frame, offset);
        }
    }

    public void PushAudio(EncodedFrame frame, TimeSpan offset)
    {
        lock (_gate)
        {
            if (_open && _audio != 0 && GstApp.QueuedBuffers(_audio) < MaxQueued)
                Push(_audio, frame, offset);
        }
    }

    public void AddCandidate(int mediaIndex, string candidate)
    {
        if (_negotiation.LineOf(mediaIndex) is { } line)
            _peer.AddCandidate(line, candidate);
    }

    public async Task<ViewerStats> StatisticsAsync(CancellationToken cancel)
    {
        long sent, skipped;
        lock (_gate)
            (sent, skipped) = (_framesSent, _framesSkipped);
        var blank = new ViewerStats
        {
            ViewerId = Id,
            Connected = IsConnected,
            FramesSent = sent,
            FramesSkipped = skipped,
            KeyFrameRequests = Interlocked.Read(ref _keyFrameRequests),
        };
        return await _peer.StatisticsAsync(reply => WebRtcStatistics.Read(reply, Tracks, blank), cancel);
    }

    public async ValueTask DisposeAsync()
    {
        await _peer.DisposeAsync();
        lock (_gate)
        {
            _probedPad?.Dispose();
            _probedPad = null;
            _self.Dispose();
        }
    }

    private static void Push(nint source, EncodedFrame frame, TimeSpan offset) => GstApp.Push(source, GstBuffer.Create(
        frame.Data.Span, MediaTime.ToNanoseconds(frame.Pts + offset), MediaTime.ToNanoseconds(frame.Duration), frame.IsKeyFrame));

    private void Open()
    {
        lock (_gate)
        {
            if (_peer.Closed.IsCompleted)
                return;
            _open = true;
        }
        _requestKeyFrame();
    }

    // Under the push lock: after this no push uses the pipeline's elements.
    private void Shut()
    {
        lock (_gate)
        {
            _open = false;
            if (_probedPad is null || _probe == 0)
                return;
            GstPad.RemoveProbe(_probedPad.Pointer, _probe);
            _probe = 0;
        }
    }

    private void Announce()
    {
        foreach (var track in Tracks)
            track.Announce(_peer.Pipeline);
    }

    private unsafe void ProbeKeyFrameRequests()
    {
        if (_video == 0)
            return;
        _probedPad = new GstObjectHandle(GstElement.GetStaticPad(_video, "src"));
        _probe = GstPad.AddProbe(_probedPad.Pointer, GstPad.ProbeEventUpstream, &OnUpstreamEvent, _self.Data, 0);
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int OnUpstreamEvent(nint pad, GstPad.ProbeInfo* info, nint data)
    {
        if (GstPad.EventHasName(info->Data, "GstForceKeyUnit") == 0)
            return GstPad.ProbeOk;
        var self = CallbackTarget.Get<WebRtcViewer>(data);
        Interlocked.Increment(ref self._keyFrameRequests);
        self._requestKeyFrame();
        return GstPad.ProbeOk;
    }
}
