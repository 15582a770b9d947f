namespace FADA.Realtime.Media.Sdp;

/// <summary>One m= section of an offer; only what is used of it, and only what passed the checks.</summary>
internal sealed class SdpSection
{
    public required int Index { get; init; }

    /// <summary>"audio", "video", "application" …</summary>
    public required string Kind { get; init; }

    /// <summary>Port 0 switches a section off, except where it only says that it is bundled with another.</summary>
    public required int Port { get; init; }

    public required string Protocol { get; init; }

    public required IReadOnlyList<string> Formats { get; init; }

    public string? Mid { get; set; }

    public SdpDirection Direction { get; set; } = SdpDirection.SendReceive;

    public bool RtcpMux { get; set; }

    public bool BundleOnly { get; set; }

    public SdpTransport Transport { get; init; } = new();

    public Dictionary<int, SdpCodec> Codecs { get; } = [];

    /// <summary>Header extension ids by URI.</summary>
    public Dictionary<string, int> Extensions { get; } = [];

    public List<string> Candidates { get; } = [];

    public bool PeerReceives => Direction is SdpDirection.ReceiveOnly or SdpDirection.SendReceive;

    public bool PeerSends => Direction is SdpDirection.SendOnly or SdpDirection.SendReceive;

    /// <summary>The codecs in the order of the peer's preference.</summary>
    public IEnumerable<SdpCodec> PreferredCodecs()
    {
        foreach (var format in Formats)
        {
            if (int.TryParse(format, out var payload) && Codecs.TryGetValue(payload, out var codec))
                yield return codec;
        }
    }
}
