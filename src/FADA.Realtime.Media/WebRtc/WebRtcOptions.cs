namespace FADA.Realtime.Media.WebRtc;

/// <summary>How this host takes part in peer connections.</summary>
public sealed record WebRtcOptions
{
    /// <summary>Local addresses that are offered as candidates; empty: all interfaces.</summary>
    public IReadOnlyList<string> BindAddresses { get; init; } = [];

    /// <summary><c>stun://host:port</c>, or null for none.</summary>
    public string? StunServer { get; init; }

    /// <summary>Each <c>turn://user:password@host:port</c> or <c>turns://…</c>; user and password percent-encoded.</summary>
    public IReadOnlyList<string> TurnServers { get; init; } = [];

    /// <summary>Lowest UDP port for media; 0 lets the system choose.</summary>
    public int MinPort { get; init; }

    /// <summary>Highest UDP port for media; 0 lets the system choose.</summary>
    public int MaxPort { get; init; }

    /// <summary>How long making an answer may take; candidates found by then are in it.</summary>
    public TimeSpan AnswerTimeout { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>How long a peer may take from the answer to a working connection.</summary>
    public TimeSpan ConnectTimeout { get; init; } = TimeSpan.FromSeconds(20);

    /// <summary>Silence (no RTCP, no RTP) after which a peer counts as gone.</summary>
    public TimeSpan PeerTimeout { get; init; } = TimeSpan.FromSeconds(15);
}
