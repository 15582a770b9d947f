using System.Security.Cryptography;
using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Sdp;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>The tracks that a negotiation asks for, with the offer's payload types and extension ids.</summary>
internal static class ViewerTracks
{
    private const int Mtu = 1200;

    public static IReadOnlyList<ViewerTrack> For(SdpNegotiation negotiation, VideoCodec codec)
    {
        var tracks = new List<ViewerTrack>();
        if (negotiation.Video is { } video)
            tracks.Add(Video(video, negotiation.LineOf(video.Section.Index)!.Value, codec));
        if (negotiation.Audio is { } audio)
            tracks.Add(Audio(audio, negotiation.LineOf(audio.Section.Index)!.Value));
        return tracks;
    }

    public static string Pipeline(IReadOnlyList<ViewerTrack> tracks) =>
        // In m-line order, so that webrtcbin makes its transceivers in that order too.
        "webrtcbin name=peer bundle-policy=max-bundle " + string.Join(' ', tracks.OrderBy(track => track.Line).Select(track => track.Description));

    private static ViewerTrack Video(NegotiatedMedia media, int line, VideoCodec codec)
    {
        var ssrc = NewSsrc();
        var payload = media.Codec.PayloadType;
        var extension = media.TransportFeedbackId is { } id
            ? $",extmap-{id}=(string)\"{NegotiatedMedia.TransportWideCongestionControl}\""
            : "";
        var (source, payloader, format) = codec == VideoCodec.Vp8
            ? ("video/x-vp8", $"rtpvp8pay picture-id-mode=15-bit", "encoding-name=(string)VP8")
            : ("video/x-h264,stream-format=byte-stream,alignment=au",
                $"rtph264pay config-interval=-1 aggregate-mode=zero-latency",
                $"encoding-name=(string)H264,packetization-mode=(string)1,profile-level-id=(string){media.Codec.Parameter("profile-level-id")}");
        return new ViewerTrack(
            "video",
            line,
            ssrc,
            source,
            $"{payloader} pt={payload} ssrc={ssrc} mtu={Mtu}",
            $"application/x-rtp,media=(string)video,clock-rate=(int)90000,{format},payload=(int){payload},ssrc=(uint){ssrc}{extension}",
            $"application/x-rtp{extension}",
            Retransmit: media.Codec.Feedback.Contains("nack"));
    }

    private static ViewerTrack Audio(NegotiatedMedia media, int line)
    {
        var ssrc = NewSsrc();
        var payload = media.Codec.PayloadType;
        return new ViewerTrack(
            "audio",
            line,
            ssrc,
            "audio/x-opus,channel-mapping-family=0,channels=1,rate=48000",
            $"rtpopuspay pt={payload} ssrc={ssrc} mtu={Mtu}",
            $"application/x-rtp,media=(string)audio,clock-rate=(int)48000,encoding-name=(string)OPUS,payload=(int){payload},ssrc=(uint){ssrc}",
            "application/x-rtp",
            Retransmit: false);
    }

    private static uint NewSsrc() => (uint)RandomNumberGenerator.GetInt32(1, int.MaxValue);
}
