namespace FADA.Realtime.Media.Sdp;

/// <summary>A section of the offer that is taken, with the one codec that is used.</summary>
/// <param name="Section">The offer's section.</param>
/// <param name="Codec">The codec with the offer's payload type.</param>
/// <param name="Retransmission">The offer's RTX codec for it, if any.</param>
internal sealed record NegotiatedMedia(SdpSection Section, SdpCodec Codec, SdpCodec? Retransmission)
{
    public const string TransportWideCongestionControl = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";

    /// <summary>Header extension id for transport-wide feedback; null when the peer does not offer it.</summary>
    public int? TransportFeedbackId =>
        Codec.Feedback.Contains("transport-cc") && Section.Extensions.TryGetValue(TransportWideCongestionControl, out var id) ? id : null;
}
