using Microsoft.AspNetCore.Http;

namespace FADA.Realtime.Server.WebRtc;

/// <summary>
/// Players live on other pages: WHEP and WHIP answer any origin, with the headers that players need exposed on errors
/// too. The token (or a key) is what protects a session.
/// </summary>
internal sealed class OpenCors(RequestDelegate next)
{
    private const string Exposed = "Location, ETag, Link, Accept-Post, Accept-Patch, Retry-After, WWW-Authenticate";

    public Task InvokeAsync(HttpContext context)
    {
        if (!context.Request.Path.StartsWithSegments("/whep") && !context.Request.Path.StartsWithSegments("/whip"))
            return next(context);

        var headers = context.Response.Headers;
        headers.AccessControlAllowOrigin = "*";
        headers.AccessControlExposeHeaders = Exposed;
        if (!HttpMethods.IsOptions(context.Request.Method))
            return next(context);

        // No token here: browsers send none with a preflight.
        headers.AccessControlAllowMethods = "POST, PATCH, DELETE, OPTIONS";
        headers.AccessControlAllowHeaders = "Authorization, Content-Type, If-Match";
        headers.AccessControlMaxAge = "600";
        headers["Accept-Post"] = SdpExchange.SdpType;
        headers["Accept-Patch"] = SdpExchange.FragmentType;
        context.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.CompletedTask;
    }
}
