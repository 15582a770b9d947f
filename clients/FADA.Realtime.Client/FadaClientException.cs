using Google.Rpc;
using Grpc.Core;

namespace FADA.Realtime.Client;

/// <summary>The server refused, or could not be reached.</summary>
public sealed class FadaClientException : Exception
{
    private FadaClientException(StatusCode code, string reason, string message, TimeSpan? retryAfter, Exception inner)
        : base(message, inner)
    {
        Code = code;
        Reason = reason;
        RetryAfter = retryAfter;
    }

    public StatusCode Code { get; }

    /// <summary>For programs, UPPER_SNAKE, such as SESSIONS_FULL; empty where the answer did not come from the server itself.</summary>
    public string Reason { get; }

    /// <summary>When to try again, where the server says that trying again can help.</summary>
    public TimeSpan? RetryAfter { get; }

    internal static FadaClientException From(RpcException e)
    {
        var status = e.GetRpcStatus();
        var reason = status?.GetDetail<ErrorInfo>()?.Reason ?? "";
        return new FadaClientException(
            e.StatusCode, reason, e.Status.Detail, status?.GetDetail<RetryInfo>()?.RetryDelay?.ToTimeSpan(), e);
    }
}
