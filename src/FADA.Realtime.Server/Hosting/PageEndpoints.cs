using FADA.Realtime.Server.Errors;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Extensions.FileProviders;

namespace FADA.Realtime.Server.Hosting;

/// <summary>The console page, from inside the assembly.</summary>
internal static class PageEndpoints
{
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; media-src 'self' blob: mediastream:; "
        + "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    public static void MapPage(this IEndpointRouteBuilder routes)
    {
        var files = new ManifestEmbeddedFileProvider(typeof(PageEndpoints).Assembly, "wwwroot");
        var types = new FileExtensionContentTypeProvider();
        routes.MapGet("/{**path}", (string? path, HttpResponse response) =>
        {
            var name = string.IsNullOrEmpty(path) ? "index.html" : path;
            var file = files.GetFileInfo(name);
            if (!file.Exists)
                throw Refusals.PageNotFound(name);
            response.Headers.ContentSecurityPolicy = Policy;
            response.Headers.XContentTypeOptions = "nosniff";
            response.Headers["Referrer-Policy"] = "no-referrer";
            // Small and local: asked for anew each time, so that a new server never meets an old script.
            response.Headers.CacheControl = "no-cache";
            var type = types.TryGetContentType(name, out var known) ? known : "application/octet-stream";
            return Results.Stream(file.CreateReadStream(), type);
        }).AllowAnonymous();
    }
}
