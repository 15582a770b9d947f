using FADA.Realtime.Server.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FADA.Realtime.Server.Limits;

/// <summary>Keeps the bodies of endpoints that take a little JSON, or none, small. Those that take files have their own limits.</summary>
internal sealed class BodyLimit(RequestDelegate next)
{
    private const long Most = 64 << 10;

    public Task InvokeAsync(HttpContext context)
    {
        if (context.GetEndpoint()?.Metadata.GetMetadata<Mark>() is null)
            return next(context);
        // Refused before the limit is set: a body over the limit would take the connection, and the answer, with it.
        if (context.Request.ContentLength > Most)
            throw Refusals.BodyTooLarge(Most);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = Most;
        return next(context);
    }

    /// <summary>On endpoints whose bodies are kept small.</summary>
    internal sealed class Mark;
}
