using System.Globalization;
using FADA.Realtime.Server.Auditing;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Errors;

/// <summary>Tells every error of an HTTP request as problem details.</summary>
internal sealed partial class HttpErrorMiddleware(RequestDelegate next, Audit audit, ILogger<HttpErrorMiddleware> logger)
{
    public async Task InvokeAsync(HttpContext context)
    {
        try
        {
            await next(context);
            if (context.Response is { HasStarted: false, StatusCode: >= 400, ContentType: null } silent)
                await Tell(silent, ErrorMapper.FromStatus(silent.StatusCode));
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is left to be told.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            var error = ErrorMapper.Map(e);
            // A refusal without a cause is this server's own decision, not a failure of it.
            var failure = e is not FadaException { InnerException: null };
            if (failure && error.HttpStatus >= 500 && error.Code is Google.Rpc.Code.Internal or Google.Rpc.Code.Unavailable)
                LogFailed(e, context.Request.Method, context.Request.Path);
            else
                LogRefused(context.Request.Method, context.Request.Path, error.Reason, error.Message);
            audit.Refused(context, error);
            // What refuses before the call is a call (a key, a rate) is told in the words of gRPC all the same.
            await (GrpcRefusal.IsFor(context.Request) ? GrpcRefusal.TellAsync(context.Response, error) : Tell(context.Response, error));
        }
    }

    private static Task Tell(HttpResponse response, FadaError error)
    {
        // Headers that were set before the error stay: CORS must be on errors too.
        response.StatusCode = error.HttpStatus;
        if (error.RetryAfter is { } delay)
            response.Headers.RetryAfter = Math.Ceiling(delay.TotalSeconds).ToString(CultureInfo.InvariantCulture);
        if (error.BearerError is { } reason)
            response.Headers.WWWAuthenticate = $"Bearer error=\"{reason}\"";
        else if (error.HttpStatus == StatusCodes.Status401Unauthorized)
            response.Headers.WWWAuthenticate = "Bearer";
        return response.WriteAsJsonAsync(ErrorMapper.ToProblem(error), options: null, "application/problem+json");
    }

    [LoggerMessage(110, LogLevel.Error, "{Method} {Path} failed")]
    private partial void LogFailed(Exception exception, string method, string path);

    [LoggerMessage(111, LogLevel.Information, "{Method} {Path} refused: {Reason}, {Message}")]
    private partial void LogRefused(string method, string path, string reason, string message);
}
