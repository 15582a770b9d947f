using System.Threading.Channels;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>A microphone that a browser sends (WHIP): Opus in, 16 kHz mono samples out.</summary>
public sealed class WebRtcMicrophone : IAsyncDisposable
{
    private WebRtcMicrophone() => throw new NotImplementedException();

    /// <summary>Unguessable name of this connection.</summary>
    public string Id => throw new NotImplementedException();

    /// <summary>The complete SDP answer.</summary>
    public string AnswerSdp => throw new NotImplementedException();

    /// <summary>
    /// Pieces of 320 samples (20 ms), 16 kHz mono, until the connection ends. Holds 10 s; when nobody reads, the oldest
    /// go (<see cref="DroppedPieces"/>).
    /// </summary>
    public ChannelReader<short[]> Speech => throw new NotImplementedException();

    public long DroppedPieces => throw new NotImplementedException();

    /// <summary>Completes when the connection is up; cancelled when it ended before.</summary>
    public Task Connected => throw new NotImplementedException();

    /// <summary>Completes when the connection is gone. Never faults.</summary>
    public Task<PeerCloseReason> Closed => throw new NotImplementedException();

    /// <summary>Answers an offer that sends one Opus track.</summary>
    /// <exception cref="SdpException">The offer is malformed or sends no Opus sound.</exception>
    /// <exception cref="MediaException">GStreamer is missing, or no answer came about in time.</exception>
    public static Task<WebRtcMicrophone> AnswerAsync(string sdpOffer, WebRtcOptions options, TimeProvider time, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Adds a candidate that the peer found after its offer (trickle).</summary>
    public void AddCandidate(int mediaIndex, string candidate) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
