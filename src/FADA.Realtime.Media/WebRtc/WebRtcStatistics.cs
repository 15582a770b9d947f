using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>Reads webrtcbin's statistics, which follow the W3C's names.</summary>
internal static unsafe class WebRtcStatistics
{
    /// <param name="reply">A structure of structures.</param>
    /// <param name="tracks">Our tracks, the picture first.</param>
    /// <param name="blank">Carries what webrtcbin does not know.</param>
    public static ViewerStats Read(nint reply, IReadOnlyList<ViewerTrack> tracks, ViewerStats blank)
    {
        var result = blank;
        var entries = GstStructure.Children(reply);
        // GStreamer keeps a peer's latest report block only, of whichever track: sound comes first, so that a report on
        // the picture, where there is one, is what remains.
        foreach (var track in tracks.Reverse())
        {
            foreach (var entry in entries)
            {
                if ((uint)GstStructure.Number(entry, "ssrc") != track.Ssrc)
                    continue;
                if (GstStructure.Has(entry, "round-trip-time"))
                    result = ReadReport(entry, track, result);
                else if (GstStructure.Has(entry, "packets-sent"))
                    result = Add(entry, result);
            }
        }
        return result;
    }

    private static ViewerStats ReadReport(nint entry, ViewerTrack track, ViewerStats stats)
    {
        var source = GstStructure.Value(entry, "gst-rtpsource-stats");
        var jitter = source == null ? 0 : GstStructure.Number(source->Boxed(), "rb-jitter");
        return stats with
        {
            RoundTrip = TimeSpan.FromSeconds(GstStructure.Number(entry, "round-trip-time")),
            FractionLost = GstStructure.Number(entry, "fraction-lost"),
            PacketsLost = Math.Max(0, (long)GstStructure.Number(entry, "packets-lost")), // -1: duplicates, none lost
            Jitter = TimeSpan.FromSeconds(jitter / track.ClockRate),
        };
    }

    private static ViewerStats Add(nint entry, ViewerStats stats) => stats with
    {
        PacketsSent = stats.PacketsSent + (long)GstStructure.Number(entry, "packets-sent"),
        BytesSent = stats.BytesSent + (long)GstStructure.Number(entry, "bytes-sent"),
    };
}
