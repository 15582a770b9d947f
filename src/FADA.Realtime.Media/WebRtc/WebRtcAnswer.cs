namespace FADA.Realtime.Media.WebRtc;

/// <summary>An accepted peer.</summary>
/// <param name="Id">Unguessable (128 random bits, hexadecimal); names the peer from now on.</param>
/// <param name="Sdp">The complete SDP answer with every local candidate; nothing trickles later.</param>
public sealed record WebRtcAnswer(string Id, string Sdp);
