using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Media.WebRtc;

internal static partial class MediaLog
{
    [LoggerMessage(3001, LogLevel.Information, "Viewer {ViewerId} connected")]
    public static partial void ViewerConnected(ILogger logger, string viewerId);

    [LoggerMessage(3002, LogLevel.Information, "Viewer {ViewerId} left: {Reason} ({Failure})")]
    public static partial void ViewerLeft(ILogger logger, string viewerId, PeerCloseReason reason, string? failure);

    [LoggerMessage(3003, LogLevel.Error, "A listener to viewer changes failed")]
    public static partial void ListenerFailed(ILogger logger, Exception exception);
}
