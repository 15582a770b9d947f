using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Streaming.Sessions;

internal static partial class SessionLog
{
    [LoggerMessage(2001, LogLevel.Error, "Rendering turn {Turn} failed; the turn is given up.")]
    public static partial void RenderingFailed(ILogger logger, int turn, Exception error);

    [LoggerMessage(2002, LogLevel.Error, "The session's sink failed; playout goes on, further failures are only counted.")]
    public static partial void SinkFailed(ILogger logger, Exception error);

    [LoggerMessage(2003, LogLevel.Critical, "A stage of the session failed in a way it should not; the session goes on.")]
    public static partial void StageFailed(ILogger logger, Exception error);

    [LoggerMessage(2004, LogLevel.Warning, "A window is still being rendered {Seconds} s after the session ended; its face is freed when it returns.")]
    public static partial void SlowEnd(ILogger logger, double seconds);

    [LoggerMessage(2005, LogLevel.Warning, "Freeing the session's face failed.")]
    public static partial void AnimatorDisposeFailed(ILogger logger, Exception error);
}
