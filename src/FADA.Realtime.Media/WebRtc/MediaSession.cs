using FADA.Realtime.Media.Encoders;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>
/// A session's media: one encoder, and every viewer who watches it. Pictures and sound pushed here leave on one
/// timeline, the coded frames are shared by all viewers, and a slow or vanished viewer harms nobody else.
/// </summary>
public sealed class MediaSession : IAsyncDisposable
{
    /// <exception cref="MediaException">GStreamer or an element is missing.</exception>
    public MediaSession(MediaSessionOptions options, TimeProvider time, ILogger<MediaSession> logger) =>
        throw new NotImplementedException();

    /// <summary>A viewer connected or left. Raised on a pool thread.</summary>
    public event Action<ViewerChange>? ViewerChanged
    {
        add => throw new NotImplementedException();
        remove => throw new NotImplementedException();
    }

    public SessionEncoder Encoder => throw new NotImplementedException();

    /// <summary>Viewers that were answered and are not gone.</summary>
    public int ViewerCount => throw new NotImplementedException();

    /// <summary>Viewers whose connection is up.</summary>
    public int ConnectedViewers => throw new NotImplementedException();

    /// <summary>Never blocks; see <see cref="SessionEncoder.PushVideo"/>. Without viewers nothing is encoded.</summary>
    public void PushVideo(ReadOnlySpan<byte> i420, TimeSpan pts) => throw new NotImplementedException();

    /// <summary>Never blocks; see <see cref="SessionEncoder.PushAudio"/>.</summary>
    public void PushAudio(ReadOnlySpan<short> mono16k, TimeSpan pts) => throw new NotImplementedException();

    /// <summary>Answers a viewer's offer (WHEP). Media flows once its connection is up, from a key frame on.</summary>
    /// <exception cref="SdpException">The offer is malformed.</exception>
    /// <exception cref="ViewerLimitException">The session is full.</exception>
    /// <exception cref="MediaException">No answer came about in time.</exception>
    public Task<WebRtcAnswer> AddViewerAsync(string sdpOffer, CancellationToken cancel) =>
        throw new NotImplementedException();

    /// <summary>Adds a candidate that the viewer found after its offer (trickle).</summary>
    /// <returns>False when there is no such viewer.</returns>
    public bool AddCandidate(string viewerId, int mediaIndex, string candidate) => throw new NotImplementedException();

    /// <summary>Ends a viewer's connection and frees everything of it.</summary>
    /// <returns>False when there is no such viewer (any more).</returns>
    public Task<bool> RemoveViewerAsync(string viewerId) => throw new NotImplementedException();

    public Task<IReadOnlyList<ViewerStats>> GetStatsAsync(CancellationToken cancel) => throw new NotImplementedException();

    public ValueTask DisposeAsync() => throw new NotImplementedException();
}
