namespace FADA.Realtime.Media.Sdp;

/// <summary>Who sends, seen from the side that wrote the SDP.</summary>
internal enum SdpDirection
{
    SendReceive,
    SendOnly,
    ReceiveOnly,
    Inactive,
}
