using FADA.Realtime.Server.Auth;
using Google.Rpc;

namespace FADA.Realtime.Server.Errors;

/// <summary>Every refusal this server speaks, with its reason, gRPC code and HTTP status.</summary>
internal static class Refusals
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan Later = TimeSpan.FromSeconds(5);

    // RFC 6750, section 3.1.
    private const string InvalidToken = "invalid_token";
    private const string InsufficientScope = "insufficient_scope";

    public static FadaException Invalid(string reason, string field, string message) =>
        new(new FadaError(Code.InvalidArgument, 400, reason, message) { Field = field });

    public static FadaException MediaType(string given, string wanted) => new(
        new FadaError(Code.InvalidArgument, 415, "UNSUPPORTED_MEDIA_TYPE", $"The content type is '{given}'; it must be {wanted}."));

    /// <summary>A PATCH whose conditions fail; the HTTP status says which.</summary>
    public static FadaException Precondition(int httpStatus, string reason, string message) =>
        new(new FadaError(Code.FailedPrecondition, httpStatus, reason, message));

    public static FadaException BodyTooLarge(long most) => new(
        new FadaError(Code.InvalidArgument, 413, "BODY_TOO_LARGE", $"The body is larger than {most} bytes."));

    public static FadaException ImageTooLarge(long most) => new(
        new FadaError(Code.InvalidArgument, 413, "IMAGE_TOO_LARGE", $"The picture is larger than {most} bytes.") { Field = "portrait" });

    public static FadaException SessionNotFound(string id) => new(
        new FadaError(Code.NotFound, 404, "SESSION_NOT_FOUND", $"There is no session '{Short(id)}'; it may have ended."));

    public static FadaException PeerNotFound() => new(
        new FadaError(Code.NotFound, 404, "PEER_NOT_FOUND", "There is no such viewer or microphone; it may have left."));

    public static FadaException SampleNotFound(string name) => new(
        new FadaError(Code.NotFound, 404, "SAMPLE_NOT_FOUND", $"There is no speech sample '{Short(name)}'."));

    public static FadaException PageNotFound(string name) => new(
        new FadaError(Code.NotFound, 404, "NOT_FOUND", $"There is nothing at /{Short(name)}."));

    public static FadaException TokenMissing() => new(
        new FadaError(Code.Unauthenticated, 401, "TOKEN_MISSING", "The request has no bearer token; use the one that came with the session."));

    public static FadaException TokenWrong() => new(
        new FadaError(Code.Unauthenticated, 401, "TOKEN_WRONG", "The bearer token is not that of this session.") { BearerError = InvalidToken });

    public static FadaException TokenExpired() => new(
        new FadaError(Code.Unauthenticated, 401, "TOKEN_EXPIRED", "The bearer token has expired; ask for a new one.") { BearerError = InvalidToken });

    public static FadaException TokenRole(SessionRole wanted) => new(
        new FadaError(Code.PermissionDenied, 403, "TOKEN_ROLE", $"The bearer token is not good for this; it must be one for {Name(wanted)}.")
        { BearerError = InsufficientScope });

    public static FadaException KeyMissing() => new(
        new FadaError(Code.Unauthenticated, 401, "KEY_MISSING", "This server wants a key; send it as 'Authorization: Bearer fada_...'."));

    public static FadaException KeyWrong() => new(
        new FadaError(Code.Unauthenticated, 401, "KEY_WRONG", "This server does not know the key.") { BearerError = InvalidToken });

    public static FadaException KeyNeeded() => new(
        new FadaError(Code.PermissionDenied, 403, "KEY_NEEDED", "A session's token is not enough here; this needs a key.") { BearerError = InsufficientScope });

    public static FadaException NotLive() => new(
        new FadaError(Code.FailedPrecondition, 409, "NOT_LIVE", "The session is not live yet.") { RetryAfter = Soon });

    public static FadaException ConversationBusy() => new(
        new FadaError(Code.FailedPrecondition, 409, "CONVERSATION_BUSY", "The session already has a conversation; end that one first."));

    public static FadaException MicrophoneBusy() => new(
        new FadaError(Code.FailedPrecondition, 409, "MICROPHONE_BUSY", "The session already has a microphone; end that one first.") { RetryAfter = Later });

    public static FadaException RecordingOff() => new(
        new FadaError(Code.FailedPrecondition, 409, "RECORDING_OFF", "This server records nothing: Fada:Recording:Folder names no folder."));

    public static FadaException RecordingBusy() => new(
        new FadaError(Code.FailedPrecondition, 409, "RECORDING_BUSY", "The session is being recorded already; stop that recording first."));

    public static FadaException RecordingNotFound() => new(
        new FadaError(Code.NotFound, 404, "RECORDING_NOT_FOUND", "The session is not being recorded."));

    public static FadaException KeyReused() => new(
        new FadaError(Code.FailedPrecondition, 409, "IDEMPOTENCY_KEY_REUSED", "This idempotency key was used for another avatar.")
        { Field = "idempotency_key" });

    public static FadaException SessionsFull(int most) => new(
        new FadaError(Code.ResourceExhausted, 503, "SESSIONS_FULL", $"All {most} sessions of this server are taken.")
        { Quota = "Fada:MaxSessions", RetryAfter = Later });

    public static FadaException ViewersFull(int most) => new(
        new FadaError(Code.ResourceExhausted, 503, "VIEWERS_FULL", $"All {most} viewer places of this session are taken.")
        { Quota = "Fada:MaxViewersPerSession", RetryAfter = Later });

    public static FadaException SpeechQueueFull(int most) => new(
        new FadaError(Code.ResourceExhausted, 503, "SPEECH_QUEUE_FULL", $"Already {most} utterances are waiting to be spoken.")
        { RetryAfter = Later });

    /// <param name="what">Sessions, Avatars or Viewers.</param>
    public static FadaException RateLimited(TimeSpan delay, string what) => new(
        new FadaError(Code.ResourceExhausted, 429, "RATE_LIMITED", $"Too many {what.ToLowerInvariant()} in a minute; wait and try again.")
        { Quota = $"Fada:Limits:{what}PerMinute", RetryAfter = delay });

    public static FadaException SessionClosed() => new(
        new FadaError(Code.Aborted, 409, "SESSION_CLOSED", "The session was closed."));

    public static FadaException MediaUnavailable(Exception inner) => new(
        new FadaError(Code.Unavailable, 503, "MEDIA_UNAVAILABLE", inner.Message)
        { RetryAfter = Later }, inner);

    public static FadaException Draining() => new(
        new FadaError(Code.Unavailable, 503, "DRAINING", "The server is about to stop and begins nothing new.") { RetryAfter = Later });

    private static string Name(SessionRole role) => role switch
    {
        SessionRole.Viewer => "viewers",
        SessionRole.Microphone => "microphones",
        _ => "both viewers and microphones",
    };

    /// <summary>What a client sent, cut so that an answer stays short and on one line.</summary>
    internal static string Short(string text)
    {
        var clean = string.Concat(text.Where(c => !char.IsControl(c)));
        return clean.Length <= 80 ? clean : clean[..80] + "…";
    }
}
