using System.Globalization;
using Google.Protobuf;
using Microsoft.AspNetCore.Http;

namespace FADA.Realtime.Server.Errors;

/// <summary>
/// Tells a gRPC client of a refusal that came before its call reached a service: a "trailers-only" answer with the same
/// google.rpc.Status as any other (https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md).
/// </summary>
internal static class GrpcRefusal
{
    private const string ContentType = "application/grpc";

    public static bool IsFor(HttpRequest request) => request.ContentType?.StartsWith(ContentType, StringComparison.OrdinalIgnoreCase) ?? false;

    public static Task TellAsync(HttpResponse response, FadaError error)
    {
        response.StatusCode = StatusCodes.Status200OK;
        response.ContentType = ContentType;
        response.Headers["grpc-status"] = ((int)error.Code).ToString(CultureInfo.InvariantCulture);
        response.Headers["grpc-message"] = Uri.EscapeDataString(error.Message);
        // Binary values go as base64 without padding.
        response.Headers["grpc-status-details-bin"] = Convert.ToBase64String(ErrorMapper.ToStatus(error).ToByteArray()).TrimEnd('=');
        return response.CompleteAsync();
    }
}
