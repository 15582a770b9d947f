using System.Text.Json;
using FADA.Realtime.Media;
using FADA.Realtime.Media.Files;
using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Inference;
using Google.Protobuf.WellKnownTypes;
using Google.Rpc;
using Grpc.Core;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Mvc;

namespace FADA.Realtime.Server.Errors;

/// <summary>The one place that turns what was thrown into what is told.</summary>
internal static class ErrorMapper
{
    public static FadaError Map(Exception exception) => exception switch
    {
        FadaException e => e.Error,
        AvatarException e => Map(e),
        SdpException e => new FadaError(Code.InvalidArgument, 400, "SDP_MALFORMED", e.Message),
        ViewerLimitException e => Refusals.ViewersFull(e.Limit).Error,
        AudioFileException e => new FadaError(Code.InvalidArgument, 400, $"AUDIO_{Snake(e.Error.ToString())}".Replace("AUDIO_NOT_AUDIO", "AUDIO_UNREADABLE", StringComparison.Ordinal), e.Message),
        MediaException e => Refusals.MediaUnavailable(e).Error,
        InferenceBusyException e => Refusals.SessionsFull(e.Lanes).Error,
        ObjectDisposedException => Refusals.SessionClosed().Error,
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } =>
            new FadaError(Code.InvalidArgument, 413, "BODY_TOO_LARGE", "The body is larger than this server accepts."),
        BadHttpRequestException { StatusCode: StatusCodes.Status415UnsupportedMediaType } =>
            new FadaError(Code.InvalidArgument, 415, "UNSUPPORTED_MEDIA_TYPE", "The content type must be application/json."),
        BadHttpRequestException { InnerException: JsonException { Path: ['$', '.', .. var field] } } =>
            new FadaError(Code.InvalidArgument, 400, "REQUEST_MALFORMED", $"The body's {Refusals.Short(field)} is unknown or of the wrong kind.") { Field = Refusals.Short(field) },
        BadHttpRequestException e => new FadaError(Code.InvalidArgument, e.StatusCode, "REQUEST_MALFORMED", e.Message),
        OperationCanceledException => new FadaError(Code.Cancelled, 499, "CANCELLED", "The request was cancelled."),
        TimeoutException => new FadaError(Code.DeadlineExceeded, 504, "TIMEOUT", "The server took too long.") { RetryAfter = TimeSpan.FromSeconds(1) },
        _ => new FadaError(Code.Internal, 500, "INTERNAL", "Something went wrong inside the server; its log says what."),
    };

    /// <summary>For what the framework refused with a bare status.</summary>
    public static FadaError FromStatus(int status) => status switch
    {
        404 => new FadaError(Code.NotFound, status, "NOT_FOUND", "There is nothing at this address."),
        405 => new FadaError(Code.Unimplemented, status, "METHOD_NOT_ALLOWED", "This address does not know that method."),
        415 => new FadaError(Code.InvalidArgument, status, "UNSUPPORTED_MEDIA_TYPE", "The content type is not one that this address takes."),
        >= 500 => new FadaError(Code.Internal, status, "INTERNAL", "Something went wrong inside the server; its log says what."),
        _ => new FadaError(Code.InvalidArgument, status, "REQUEST_MALFORMED", "The request is malformed."),
    };

    private static FadaError Map(AvatarException e)
    {
        var reason = Snake(e.Fault.ToString());
        return e.Fault switch
        {
            AvatarFault.AvatarNotFound => new FadaError(Code.NotFound, 404, reason, e.Message) { Field = "avatar" },
            AvatarFault.NameTaken => new FadaError(Code.AlreadyExists, 409, reason, e.Message) { Field = "name" },
            AvatarFault.AvatarInUse => new FadaError(Code.FailedPrecondition, 409, reason, e.Message),
            AvatarFault.ModelUnavailable => new FadaError(Code.Unavailable, 503, reason, e.Message),
            AvatarFault.NameInvalid => new FadaError(Code.InvalidArgument, 400, reason, e.Message) { Field = "name" },
            AvatarFault.ConsentMissing => new FadaError(Code.InvalidArgument, 400, reason, e.Message) { Field = "consent" },
            _ => new FadaError(Code.InvalidArgument, 400, reason, e.Message) { Field = "portrait" },
        };
    }

    public static Google.Rpc.Status ToStatus(FadaError error)
    {
        var status = new Google.Rpc.Status { Code = (int)error.Code, Message = error.Message };
        status.Details.Add(Any.Pack(new ErrorInfo { Reason = error.Reason, Domain = FadaError.Domain }));
        if (error is { Field: { } field, Code: Code.InvalidArgument })
        {
            var violation = new BadRequest.Types.FieldViolation { Field = field, Description = error.Message };
            status.Details.Add(Any.Pack(new BadRequest { FieldViolations = { violation } }));
        }

        if (error.RetryAfter is { } delay)
            status.Details.Add(Any.Pack(new RetryInfo { RetryDelay = Duration.FromTimeSpan(delay) }));
        if (error.Quota is { } quota)
        {
            var violation = new QuotaFailure.Types.Violation { Subject = quota, Description = error.Message };
            status.Details.Add(Any.Pack(new QuotaFailure { Violations = { violation } }));
        }

        return status;
    }

    public static RpcException ToRpc(FadaError error) => ToStatus(error).ToRpcException();

    public static ProblemDetails ToProblem(FadaError error)
    {
        var problem = new ProblemDetails { Status = error.HttpStatus, Title = error.Message, Type = "about:blank" };
        problem.Extensions["reason"] = error.Reason;
        if (error.Field is { } field)
            problem.Extensions["field"] = field;
        return problem;
    }

    private static string Snake(string pascal) =>
        string.Concat(pascal.Select((c, i) => i > 0 && char.IsUpper(c) ? $"_{c}" : $"{char.ToUpperInvariant(c)}"));
}
