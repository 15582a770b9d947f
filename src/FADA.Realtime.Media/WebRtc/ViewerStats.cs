namespace FADA.Realtime.Media.WebRtc;

/// <summary>What one viewer's connection does, from RTCP and from our own counters.</summary>
public sealed record ViewerStats
{
    public required string ViewerId { get; init; }

    public required bool Connected { get; init; }

    /// <summary>Round trip from the last receiver report; null before the first.</summary>
    public TimeSpan? RoundTrip { get; init; }

    /// <summary>Share of packets lost in the last report (of the picture where there is one), 0 to 1.</summary>
    public double FractionLost { get; init; }

    public long PacketsLost { get; init; }

    /// <summary>Of all tracks.</summary>
    public long PacketsSent { get; init; }

    /// <summary>Of all tracks, without headers.</summary>
    public long BytesSent { get; init; }

    /// <summary>Interarrival jitter in the last report.</summary>
    public TimeSpan Jitter { get; init; }

    /// <summary>Key frames that the viewer asked for (PLI or FIR).</summary>
    public long KeyFrameRequests { get; init; }

    /// <summary>Pictures handed to the connection.</summary>
    public long FramesSent { get; init; }

    /// <summary>Pictures not sent: before the first key frame, or because the viewer was too slow.</summary>
    public long FramesSkipped { get; init; }
}
