using System.Runtime.InteropServices;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>What is asked of a webrtcbin element; answers come through promises.</summary>
internal static unsafe partial class WebRtcBin
{
    public const int StateConnected = 2;
    public const int StateFailed = 4;
    public const int StateClosed = 5;
    public const int GatheringComplete = 2;
    public const int DtlsClosed = 1;

    /// <summary>Addresses, ports and servers, before the pipeline starts.</summary>
    public static void Configure(nint bin, WebRtcOptions options)
    {
        using var iceValue = GObject.Get(bin, "ice-agent");
        using var ice = new GstObjectHandle(iceValue.DuplicateObject());
        using (var agentValue = GObject.Get(ice.Pointer, "agent"))
        using (var agent = new GObjectHandle(agentValue.DuplicateObject()))
        {
            // UPnP asks every router around and delays answers by up to two seconds.
            GObject.Set(agent.Pointer, "upnp", "false");
            GObject.Set(agent.Pointer, "ice-tcp", "false");
        }
        if (options.MinPort > 0)
            GObject.Set(ice.Pointer, "min-rtp-port", $"{options.MinPort}");
        if (options.MaxPort > 0)
            GObject.Set(ice.Pointer, "max-rtp-port", $"{options.MaxPort}");
        foreach (var address in options.BindAddresses)
        {
            if (!GObject.EmitBoolean(ice.Pointer, "add-local-ip-address", GValue.FromString(address)))
                throw new MediaException($"'{address}' is no address that WebRTC can bind to.");
        }
        if (options.StunServer is { } stun)
            GObject.Set(bin, "stun-server", stun);
        foreach (var turn in options.TurnServers)
        {
            if (!GObject.EmitBoolean(bin, "add-turn-server", GValue.FromString(turn)))
                throw new MediaException("A TURN server's address is not of the form turn://user:password@host:port.");
        }
    }

    /// <param name="bin">The element.</param>
    /// <param name="signal">set-remote-description or set-local-description.</param>
    /// <param name="description">Borrowed GstWebRTCSessionDescription.</param>
    /// <param name="promise">Fulfilled when it is set.</param>
    public static void Describe(nint bin, string signal, nint description, GstPromise promise) => GObject.Emit(
        bin, signal, GValue.FromBoxed(GstSessionDescription.Type, description), GValue.FromBoxed(GstPromise.Type, promise.Pointer));

    /// <param name="bin">The element.</param>
    /// <param name="kind">"answer" or "offer".</param>
    /// <param name="promise">Fulfilled with a description in the field of that name.</param>
    public static void Create(nint bin, string kind, GstPromise promise) => GObject.Emit(
        bin, "create-" + kind, GValue.FromBoxed(GstStructure.Type, 0), GValue.FromBoxed(GstPromise.Type, promise.Pointer));

    public static void RequestStatistics(nint bin, GstPromise promise) => GObject.Emit(
        bin, "get-stats", GValue.Of(GstPad.Type), GValue.FromBoxed(GstPromise.Type, promise.Pointer));

    public static void AddCandidate(nint bin, int line, string candidate) => GObject.Emit(
        bin, "add-ice-candidate", GValue.FromUInt((uint)line), GValue.FromString(candidate));

    /// <summary>Announces that one track with these caps is received.</summary>
    public static void AddReceiver(nint bin, GstCapsHandle caps)
    {
        const int ReceiveOnly = 3;
        var transceiver = GObject.EmitObject(
            bin,
            "add-transceiver",
            gst_webrtc_rtp_transceiver_get_type(),
            GValue.FromEnum(gst_webrtc_rtp_transceiver_direction_get_type(), ReceiveOnly),
            GValue.FromBoxed(GstCapsHandle.Type, caps.Pointer));
        new GstObjectHandle(transceiver).Dispose();
    }

    /// <summary>
    /// The DTLS transport, once negotiated; null when there is none. Its state tells a peer's goodbye, which
    /// webrtcbin's own connection state (as the W3C defines it) does not.
    /// </summary>
    public static GstObjectHandle? DtlsTransport(nint bin)
    {
        using var transceiver = new GstObjectHandle(
            GObject.EmitObject(bin, "get-transceiver", gst_webrtc_rtp_transceiver_get_type(), GValue.FromInt(0)));
        if (transceiver.IsInvalid)
            return null;
        using var senderValue = GObject.Get(transceiver.Pointer, "sender");
        using var sender = new GstObjectHandle(senderValue.DuplicateObject());
        using var transportValue = GObject.Get(sender.Pointer, "transport");
        var transport = transportValue.DuplicateObject();
        return transport == 0 ? null : new GstObjectHandle(transport);
    }

    /// <summary>The description in the reply to <see cref="Create"/>, borrowed.</summary>
    public static nint DescriptionIn(nint reply, string kind)
    {
        var value = GstStructure.Value(reply, kind);
        return value == null ? throw new MediaException($"WebRTC made no {kind}.") : value->Boxed();
    }

    /// <summary>The local SDP with the candidates found so far.</summary>
    public static string LocalDescription(nint bin)
    {
        using var local = GObject.Get(bin, "local-description");
        return GstSessionDescription.TextOf(local.Boxed());
    }

    [LibraryImport(NativeLibraries.GstWebRtc)]
    private static partial nuint gst_webrtc_rtp_transceiver_get_type();

    [LibraryImport(NativeLibraries.GstWebRtc)]
    private static partial nuint gst_webrtc_rtp_transceiver_direction_get_type();
}
