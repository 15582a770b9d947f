using Google.Rpc;

namespace FADA.Realtime.Server.Errors;

/// <summary>What went wrong, once, for every way of telling it (gRPC status, HTTP problem details).</summary>
/// <param name="Code">The gRPC code.</param>
/// <param name="HttpStatus">The HTTP status.</param>
/// <param name="Reason">UPPER_SNAKE, for programs; never changes once published.</param>
/// <param name="Message">One sentence for people; says nothing about the server's inside.</param>
public sealed record FadaError(Code Code, int HttpStatus, string Reason, string Message)
{
    /// <summary>Of every <see cref="Google.Rpc.ErrorInfo"/> this server sends.</summary>
    public const string Domain = "fada.realtime";

    /// <summary>The request field at fault, where one is.</summary>
    public string? Field { get; init; }

    /// <summary>When to try again, where trying again can help.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <summary>The <c>error</c> of <c>WWW-Authenticate: Bearer</c> (RFC 6750), where a credential was shown and will not do.</summary>
    public string? BearerError { get; init; }

    /// <summary>The limit that was reached, where one was.</summary>
    public string? Quota { get; init; }
}
