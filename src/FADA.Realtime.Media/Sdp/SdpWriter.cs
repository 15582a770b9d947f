using System.Text;
using FADA.Realtime.Media.WebRtc;

namespace FADA.Realtime.Media.Sdp;

/// <summary>
/// Writes what webrtcbin is given (the used sections alone, built from checked parts) and completes its answer to one
/// that fits the peer's whole offer.
/// </summary>
internal static class SdpWriter
{
    private static readonly string[] UsefulFeedback = ["nack", "nack pli", "ccm fir", "transport-cc"];

    /// <param name="negotiation">What is used.</param>
    /// <param name="direction">Direction of every section as webrtcbin shall see it.</param>
    public static string OfferForWebRtc(SdpNegotiation negotiation, SdpDirection direction)
    {
        var text = new StringBuilder("v=0\r\no=- 1 1 IN IP4 127.0.0.1\r\ns=-\r\nt=0 0\r\n");
        var bundled = negotiation.Media.Select(media => media.Section.Mid!).Where(negotiation.Offer.Bundle.Contains).ToList();
        if (bundled.Count > 0)
            text.Append($"a=group:BUNDLE {string.Join(' ', bundled)}\r\n");
        text.Append("a=ice-options:trickle\r\n");
        foreach (var media in negotiation.Media)
            AppendSection(text, media, direction);
        return text.ToString();
    }

    /// <summary>Puts back the sections that were left out, as refused ones, in the offer's order.</summary>
    public static string CompleteAnswer(SdpNegotiation negotiation, string answer)
    {
        var parts = answer.Replace("\r\n", "\n").Split("\nm=");
        if (parts.Length != negotiation.Media.Count + 1)
            throw new MediaException("WebRTC answered with another number of media sections than it was offered.");
        var head = parts[0].TrimEnd('\n');
        if (!head.Contains("\nt=", StringComparison.Ordinal))
            head = head.Replace("\ns=-", "\ns=-\nt=0 0");
        var text = new StringBuilder(head).Append('\n');
        var used = 0;
        foreach (var section in negotiation.Offer.Sections)
        {
            if (negotiation.LineOf(section.Index) is { } line)
            {
                var body = parts[line + 1].TrimEnd('\n');
                used += body.Split(' ')[1] == "0" ? 0 : 1;
                text.Append("m=").Append(body).Append('\n');
                if (body.Contains("\na=candidate:", StringComparison.Ordinal))
                    text.Append("a=end-of-candidates\n");
                continue;
            }
            text.Append($"m={section.Kind} 0 {section.Protocol} {string.Join(' ', section.Formats)}\nc=IN IP4 0.0.0.0\n");
            if (section.Mid is not null)
                text.Append($"a=mid:{section.Mid}\n");
            text.Append("a=inactive\n");
        }
        return used > 0
            ? text.ToString().Replace("\n", "\r\n")
            : throw new SdpException("Nothing in the offer can be answered.");
    }

    private static void AppendSection(StringBuilder text, NegotiatedMedia media, SdpDirection direction)
    {
        var (section, codec, retransmission) = media;
        var payloads = retransmission is null ? $"{codec.PayloadType}" : $"{codec.PayloadType} {retransmission.PayloadType}";
        text.Append($"m={section.Kind} 9 UDP/TLS/RTP/SAVPF {payloads}\r\nc=IN IP4 0.0.0.0\r\n");
        text.Append($"a=ice-ufrag:{section.Transport.Ufrag}\r\na=ice-pwd:{section.Transport.Password}\r\n");
        text.Append($"a=fingerprint:{section.Transport.Fingerprint}\r\na=setup:{section.Transport.Setup}\r\n");
        text.Append($"a=mid:{section.Mid}\r\na={(direction == SdpDirection.ReceiveOnly ? "recvonly" : "sendonly")}\r\na=rtcp-mux\r\n");
        if (media.TransportFeedbackId is { } id)
            text.Append($"a=extmap:{id} {NegotiatedMedia.TransportWideCongestionControl}\r\n");
        AppendCodec(text, codec);
        if (retransmission is not null)
            AppendCodec(text, retransmission);
        foreach (var candidate in section.Candidates)
            text.Append($"a={candidate}\r\n");
    }

    private static void AppendCodec(StringBuilder text, SdpCodec codec)
    {
        text.Append($"a=rtpmap:{codec.PayloadType} {codec.Name}/{codec.ClockRate}{(codec.Channels is null ? "" : $"/{codec.Channels}")}\r\n");
        foreach (var feedback in UsefulFeedback.Where(codec.Feedback.Contains))
            text.Append($"a=rtcp-fb:{codec.PayloadType} {feedback}\r\n");
        if (codec.Parameters.Length > 0)
            text.Append($"a=fmtp:{codec.PayloadType} {codec.Parameters}\r\n");
    }
}
