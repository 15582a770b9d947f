using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>One track to a viewer: coded appsrc → payloader → a sink pad of webrtcbin.</summary>
/// <param name="Name">"video" or "audio": the appsrc's name.</param>
/// <param name="Line">The m-line, and so the sink pad's number.</param>
/// <param name="Ssrc">Chosen here, because webrtcbin needs it before the payloader has seen a frame.</param>
/// <param name="Source">Caps of the coded frames.</param>
/// <param name="Payloader">Element and properties.</param>
/// <param name="RtpCaps">Caps of the packets as they are announced to webrtcbin.</param>
/// <param name="FilterCaps">Caps that switch header extensions on in the payloader.</param>
/// <param name="Retransmit">Whether lost packets are sent again on request.</param>
internal sealed record ViewerTrack(
    string Name, int Line, uint Ssrc, string Source, string Payloader, string RtpCaps, string FilterCaps, bool Retransmit)
{
    /// <summary>Ticks per second of the RTP timestamps.</summary>
    public int ClockRate => Name == "video" ? 90_000 : 48_000;

    /// <summary>This track's part of the pipeline in gst-launch syntax.</summary>
    public string Description =>
        $"appsrc name={Name} is-live=true format=time block=false max-bytes=0 max-buffers=0 caps=\"{Source}\" ! " +
        $"{Payloader} ! capsfilter name={Name}-filter ! peer.sink_{Line}";

    /// <summary>Before the pipeline starts.</summary>
    public void Prepare(Pipeline pipeline)
    {
        GObject.Set(pipeline.Element(Name + "-filter"), "caps", FilterCaps);
        using var pad = new GstObjectHandle(GstElement.GetStaticPad(pipeline.Element("peer"), $"sink_{Line}"));
        using var value = GObject.Get(pad.Pointer, "transceiver");
        using var transceiver = new GstObjectHandle(value.DuplicateObject());
        GObject.Set(transceiver.Pointer, "direction", "sendonly");
        if (Retransmit)
            GObject.Set(transceiver.Pointer, "do-nack", "true");
    }

    /// <summary>
    /// Tells webrtcbin the SSRC before it sees the offer. Payloaders tell it with their first frame, which is after the
    /// answer: the browser would then decode a track that its player never gets.
    /// </summary>
    public void Announce(Pipeline pipeline)
    {
        using var pad = new GstObjectHandle(GstElement.GetStaticPad(pipeline.Element("peer"), $"sink_{Line}"));
        using var caps = GstCapsHandle.Parse(RtpCaps);
        _ = GstPad.SendEvent(pad.Pointer, GstPad.NewStreamStart($"fada-{Name}"));
        if (GstPad.SendEvent(pad.Pointer, GstPad.NewCaps(caps.Pointer)) == 0)
            throw new MediaException($"WebRTC refused the {Name} track.");
    }
}
