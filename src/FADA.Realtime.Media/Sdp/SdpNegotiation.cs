using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.WebRtc;

namespace FADA.Realtime.Media.Sdp;

/// <summary>Chooses what of an offer is used: at most one section of sound and one of picture.</summary>
internal sealed class SdpNegotiation
{
    private SdpNegotiation(SdpOffer offer, NegotiatedMedia? video, NegotiatedMedia? audio)
    {
        Offer = offer;
        Video = video;
        Audio = audio;
        Media = new[] { video, audio }.OfType<NegotiatedMedia>().OrderBy(media => media.Section.Index).ToList();
    }

    public SdpOffer Offer { get; }

    public NegotiatedMedia? Video { get; }

    public NegotiatedMedia? Audio { get; }

    /// <summary>Both in the order of the offer: their places are the m-line numbers that webrtcbin sees.</summary>
    public IReadOnlyList<NegotiatedMedia> Media { get; }

    /// <summary>For a peer that watches and listens.</summary>
    /// <exception cref="SdpException">Nothing in the offer can be sent.</exception>
    public static SdpNegotiation ForViewer(string offer, VideoCodec codec)
    {
        var parsed = SdpOffer.Parse(offer);
        var video = First(parsed, "video", section => section.PeerReceives, section => ChooseVideo(section, codec));
        var audio = First(parsed, "audio", section => section.PeerReceives, ChooseOpus);
        if (video is null && audio is null)
            throw new SdpException($"The offer receives neither {(codec == VideoCodec.Vp8 ? "VP8" : "H.264 (constrained baseline)")} nor Opus.");
        return new SdpNegotiation(parsed, video, audio);
    }

    /// <summary>For a peer that speaks.</summary>
    /// <exception cref="SdpException">The offer sends no Opus sound.</exception>
    public static SdpNegotiation ForMicrophone(string offer)
    {
        var parsed = SdpOffer.Parse(offer);
        var audio = First(parsed, "audio", section => section.PeerSends, ChooseOpus)
            ?? throw new SdpException("The offer sends no Opus sound.");
        return new SdpNegotiation(parsed, null, audio);
    }

    /// <summary>The m-line number that webrtcbin knows a section of the offer by; null for one that is not used.</summary>
    public int? LineOf(int offerIndex)
    {
        for (var i = 0; i < Media.Count; i++)
        {
            if (Media[i].Section.Index == offerIndex)
                return i;
        }
        return null;
    }

    private static NegotiatedMedia? First(
        SdpOffer offer, string kind, Func<SdpSection, bool> wanted, Func<SdpSection, SdpCodec?> choose)
    {
        foreach (var section in offer.Sections)
        {
            if (section.Kind != kind || !wanted(section) || (section.Port == 0 && !section.BundleOnly) || choose(section) is not { } codec)
                continue;
            CheckUsable(section);
            var retransmission = section.Codecs.Values.FirstOrDefault(other =>
                other.Is("rtx") && other.Parameter("apt") == codec.PayloadType.ToString());
            return new NegotiatedMedia(section, codec, retransmission);
        }
        return null;
    }

    private static void CheckUsable(SdpSection section)
    {
        var missing = section switch
        {
            { Mid: null } => "a=mid",
            { RtcpMux: false } => "a=rtcp-mux",
            { Transport.Ufrag: null } => "a=ice-ufrag",
            { Transport.Password: null } => "a=ice-pwd",
            { Transport.Fingerprint: null } => "a=fingerprint",
            { Transport.Setup: null } => "a=setup",
            _ => null,
        };
        if (missing is not null)
            throw new SdpException($"The offer's {section.Kind} section has no {missing}.");
        if (!section.Protocol.EndsWith("TLS/RTP/SAVPF", StringComparison.Ordinal))
            throw new SdpException($"The offer's {section.Kind} section uses {section.Protocol}, not UDP/TLS/RTP/SAVPF.");
    }

    private static SdpCodec? ChooseOpus(SdpSection section) =>
        section.PreferredCodecs().FirstOrDefault(codec => codec.Is("opus") && codec.ClockRate == 48_000);

    private static SdpCodec? ChooseVideo(SdpSection section, VideoCodec codec) => codec == VideoCodec.Vp8
        ? section.PreferredCodecs().FirstOrDefault(candidate => candidate.Is("VP8"))
        : section.PreferredCodecs().FirstOrDefault(IsBaseline);

    // 42e0xx (or 42c0xx) is constrained baseline, which openh264 makes; mode 1 allows fragments, which pictures need.
    private static bool IsBaseline(SdpCodec codec) =>
        codec.Is("H264") && codec.Parameter("packetization-mode") == "1" &&
        codec.Parameter("profile-level-id")?.ToLowerInvariant() is { Length: 6 } profile &&
        (profile.StartsWith("42e0", StringComparison.Ordinal) || profile.StartsWith("42c0", StringComparison.Ordinal));
}
