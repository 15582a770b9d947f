using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Telemetry;
using FADA.Realtime.Server.WebRtc;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Telemetry;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Sessions;

/// <summary>Makes the parts of a live session and joins them: animator, engine, encoder.</summary>
internal sealed class SessionEngine(
    FadaServerOptions options,
    IAvatarCatalog catalog,
    InferenceExecutor executor,
    StreamingMetrics metrics,
    ServerMetrics serverMetrics,
    TimeProvider time,
    ILoggerFactory loggers)
{
    public WebRtcOptions WebRtc { get; } = IceSettings.ToWebRtc(options);

    public TimeProvider Time => time;

    public ILoggerFactory Loggers => loggers;

    /// <summary>Takes a second or two where the avatar was not used before.</summary>
    /// <exception cref="AvatarException">The avatar or the model is missing.</exception>
    /// <exception cref="Media.MediaException">GStreamer is missing.</exception>
    /// <exception cref="InferenceBusyException">The device is full.</exception>
    public async Task<SessionParts> StartAsync(string avatar)
    {
        var animator = catalog.CreateAnimator(avatar, new AnimatorOptions());
        MediaSession? media = null;
        try
        {
            media = new MediaSession(
                new MediaSessionOptions
                {
                    Encoder = new SessionEncoderOptions { Width = animator.Width, Height = animator.Height },
                    WebRtc = WebRtc,
                    MaxViewers = options.MaxViewersPerSession,
                },
                time,
                loggers.CreateLogger<MediaSession>());
            var sink = new MediaSink(media, serverMetrics);
            var session = AvatarSession.Start(
                animator, sink, executor, new Streaming.Sessions.SessionOptions { BlinkSeed = Random.Shared.Next() }, metrics, time, loggers.CreateLogger<AvatarSession>());
            return new SessionParts(animator, media, sink, session);
        }
        catch
        {
            if (media is not null)
                await media.DisposeAsync();
            animator.Dispose();
            throw;
        }
    }
}
