using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Sessions;

namespace FADA.Realtime.Server.Sessions;

/// <summary>What a live session is made of. The avatar session disposes the animator.</summary>
internal sealed record SessionParts(IStyledAnimator Animator, MediaSession Media, MediaSink Sink, AvatarSession Avatar) : IAsyncDisposable
{
    public async ValueTask DisposeAsync()
    {
        // The clock first: nothing may push into an encoder that is gone.
        await Avatar.DisposeAsync();
        await Media.DisposeAsync();
    }
}
