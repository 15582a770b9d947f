namespace FADA.Realtime.Media.WebRtc;

/// <summary>Why a peer connection ended.</summary>
public enum PeerCloseReason
{
    /// <summary>This side removed it (DELETE, or the session ended).</summary>
    Removed,

    /// <summary>The peer said goodbye (DTLS close).</summary>
    PeerClosed,

    /// <summary>No connection came about within <see cref="WebRtcOptions.ConnectTimeout"/>.</summary>
    ConnectTimeout,

    /// <summary>Nothing was heard from the peer for <see cref="WebRtcOptions.PeerTimeout"/>.</summary>
    PeerTimeout,

    /// <summary>ICE, DTLS or the pipeline failed.</summary>
    Failed,
}
