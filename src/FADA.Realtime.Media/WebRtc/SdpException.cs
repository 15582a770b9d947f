namespace FADA.Realtime.Media.WebRtc;

/// <summary>The offer is not a usable SDP. The fault is the caller's (HTTP 400).</summary>
public sealed class SdpException(string message) : MediaException(message);
