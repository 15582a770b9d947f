using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Errors;
using Google.Rpc;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Auditing;

/// <summary>Who did what, in a log category of its own. Never a key, a token or an SDP.</summary>
internal sealed partial class Audit(ILoggerFactory loggers)
{
    public const string Category = "FADA.Realtime.Audit";

    private readonly ILogger _logger = loggers.CreateLogger(Category);

    public void SessionCreated(Actor by, string session, string avatar) => LogSessionCreated(by.Name, by.Address, session, avatar);

    public void SessionClosed(Actor by, string session) => LogSessionClosed(by.Name, by.Address, session);

    public void TokenIssued(Actor by, string session, SessionRole role) => LogTokenIssued(by.Name, by.Address, session, role);

    public void AvatarCreated(Actor by, string avatar, string consent) => LogAvatarCreated(by.Name, by.Address, avatar, Refusals.Short(consent));

    public void AvatarDeleted(Actor by, string avatar) => LogAvatarDeleted(by.Name, by.Address, avatar);

    /// <summary>Notes a refusal that was about who asks or how often; others are no matter of this log.</summary>
    public void Refused(HttpContext context, FadaError error)
    {
        if (error.Code is not (Code.Unauthenticated or Code.PermissionDenied) && error.HttpStatus != StatusCodes.Status429TooManyRequests)
            return;
        var by = Actor.Of(context);
        // The route, not the path: what a stranger writes into the path is no business of this log.
        var route = (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText ?? "an unknown door";
        LogRefused(by.Name, by.Address, context.Request.Method, route, error.Reason);
    }

    [LoggerMessage(400, LogLevel.Information, "{Who} at {Address} created session {Session} with avatar {Avatar}")]
    private partial void LogSessionCreated(string who, string address, string session, string avatar);

    [LoggerMessage(401, LogLevel.Information, "{Who} at {Address} closed session {Session}")]
    private partial void LogSessionClosed(string who, string address, string session);

    [LoggerMessage(402, LogLevel.Information, "{Who} at {Address} got a token of session {Session} for {Role}")]
    private partial void LogTokenIssued(string who, string address, string session, SessionRole role);

    [LoggerMessage(403, LogLevel.Information, "{Who} at {Address} created avatar {Avatar} with consent '{Consent}'")]
    private partial void LogAvatarCreated(string who, string address, string avatar, string consent);

    [LoggerMessage(404, LogLevel.Information, "{Who} at {Address} deleted avatar {Avatar}")]
    private partial void LogAvatarDeleted(string who, string address, string avatar);

    [LoggerMessage(405, LogLevel.Warning, "{Who} at {Address} was refused at {Method} {Door}: {Reason}")]
    private partial void LogRefused(string who, string address, string method, string door, string reason);
}
