using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>
/// Watches a negotiated webrtcbin for signs of life and for the peer's goodbye. Its own connection state stays
/// "connected" when a browser is killed, and also when one closes in good order.
/// </summary>
internal sealed class PeerWatch : IDisposable
{
    private readonly TimeProvider _time;
    private readonly Action _onGoodbye;
    private readonly CallbackTarget _self;
    private readonly GstObjectHandle? _dtls;
    private readonly nuint _dtlsHandler;
    private readonly List<(GstObjectHandle Pad, nuint Probe)> _probes = [];
    private long _lastHeard;

    /// <param name="pipeline">With a webrtcbin "peer" whose descriptions are set.</param>
    /// <param name="time">Measures the silence.</param>
    /// <param name="onGoodbye">Called on a GStreamer thread when the peer closes DTLS.</param>
    public unsafe PeerWatch(Pipeline pipeline, TimeProvider time, Action onGoodbye)
    {
        _time = time;
        _onGoodbye = onGoodbye;
        _self = new CallbackTarget(this);
        Touch();
        var rtpbin = pipeline.Element("rtpbin");
        GObject.Set(rtpbin, "rtcp-sync-send-time", "false"); // sender reports by media time keep both tracks in step
        for (var session = 0; session < 2; session++)
        {
            // Beyond these pads everything is decrypted and authenticated: a stranger cannot keep a dead peer alive.
            Probe(rtpbin, $"recv_rtcp_sink_{session}");
            Probe(rtpbin, $"recv_rtp_sink_{session}");
            ReportOften(rtpbin, $"rtpsession{session}");
        }
        _dtls = WebRtcBin.DtlsTransport(pipeline.Element("peer"));
        if (_dtls is null)
            return;
        delegate* unmanaged[Cdecl]<nint, nint, nint, void> state = &OnDtlsState;
        _dtlsHandler = GObject.Connect(_dtls.Pointer, "notify::state", state, _self.Data);
    }

    /// <summary>Time since the last RTP or RTCP packet.</summary>
    public TimeSpan HeardAgo => _time.GetElapsedTime(Volatile.Read(ref _lastHeard));

    public void Touch() => Volatile.Write(ref _lastHeard, _time.GetTimestamp());

    /// <summary>Before the pipeline stops.</summary>
    public void Detach()
    {
        if (_dtls is not null)
        {
            GObject.Disconnect(_dtls.Pointer, _dtlsHandler);
            _dtls.Dispose();
        }
        foreach (var (pad, probe) in _probes)
        {
            GstPad.RemoveProbe(pad.Pointer, probe);
            pad.Dispose();
        }
    }

    /// <summary>After the pipeline has stopped: no callback may still be running.</summary>
    public void Dispose() => _self.Dispose();

    private unsafe void Probe(nint rtpbin, string name)
    {
        var pad = GstElement.GetStaticPad(rtpbin, name);
        if (pad != 0)
            _probes.Add((new GstObjectHandle(pad), GstPad.AddProbe(pad, GstPad.ProbeBuffer | GstPad.ProbeBufferList, &OnTraffic, _self.Data, 0)));
    }

    // A player's lip-sync starts with the first sender report; by default that takes some five seconds.
    private static void ReportOften(nint rtpbin, string name)
    {
        var session = GstElement.GetByName(rtpbin, name);
        if (session == 0)
            return;
        using var handle = new GstObjectHandle(session);
        GObject.Set(session, "rtcp-min-interval", "1000000000");
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static void OnDtlsState(nint transport, nint property, nint data)
    {
        if (GObject.GetEnum(transport, "state") == WebRtcBin.DtlsClosed)
            CallbackTarget.Get<PeerWatch>(data)._onGoodbye();
    }

    [UnmanagedCallersOnly(CallConvs = [typeof(CallConvCdecl)])]
    private static unsafe int OnTraffic(nint pad, GstPad.ProbeInfo* info, nint data)
    {
        CallbackTarget.Get<PeerWatch>(data).Touch();
        return GstPad.ProbeOk;
    }
}
