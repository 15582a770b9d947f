using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>Reads webrtcbin's statistics, which follow the W3C's names.</summary>
internal static class WebRtcStatistics
{
    /// <param name="reply">A structure of structures.</param>
    /// <param name="ssrc">The track that is asked about.</param>
    /// <param name="blank">Carries what webrtcbin does not know.</param>
    public static ViewerStats Read(nint reply, uint ssrc, ViewerStats blank)
    {
        var result = blank;
        foreach (var entry in GstStructure.Children(reply))
        {
            if ((uint)GstStructure.Number(entry, "ssrc") != ssrc)
                continue;
            if (GstStructure.Has(entry, "round-trip-time"))
            {
                var roundTrip = GstStructure.Number(entry, "round-trip-time");
                result = result with
                {
                    RoundTrip = roundTrip > 0 ? TimeSpan.FromSeconds(roundTrip) : null,
                    FractionLost = GstStructure.Number(entry, "fraction-lost"),
                    PacketsLost = Math.Max(0, (long)GstStructure.Number(entry, "packets-lost")), // -1: duplicates, none lost
                    Jitter = TimeSpan.FromSeconds(GstStructure.Number(entry, "jitter")),
                };
            }
            else if (GstStructure.Has(entry, "packets-sent"))
            {
                result = result with
                {
                    PacketsSent = (long)GstStructure.Number(entry, "packets-sent"),
                    BytesSent = (long)GstStructure.Number(entry, "bytes-sent"),
                };
            }
        }
        return result;
    }
}
