namespace FADA.Realtime.Media.WebRtc;

/// <summary>A viewer's connection came up or ended.</summary>
/// <param name="ViewerId">As in <see cref="WebRtcAnswer.Id"/>.</param>
/// <param name="Connected">True: it is connected from now on. False: it is gone.</param>
/// <param name="Reason">Why it is gone; null when it came.</param>
/// <param name="ConnectedViewers">Connected viewers after the change.</param>
public sealed record ViewerChange(string ViewerId, bool Connected, PeerCloseReason? Reason, int ConnectedViewers);
