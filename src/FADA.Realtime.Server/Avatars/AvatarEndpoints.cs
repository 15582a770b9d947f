using FADA.Realtime.Server.Auditing;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Limits;
using FADA.Realtime.Streaming.Animation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.Routing;

namespace FADA.Realtime.Server.Avatars;

/// <summary>The console page's avatars.</summary>
internal static class AvatarEndpoints
{
    public static void MapAvatars(this IEndpointRouteBuilder routes)
    {
        var doors = routes.MapGroup("").RequireAuthorization(Doors.Backend);
        doors.MapGet("/api/avatars", (IAvatarCatalog catalog) => catalog.List().Select(Tell));

        doors.MapGet("/api/avatars/{name}/portrait", async (string name, IAvatarCatalog catalog, HttpContext context) =>
        {
            context.Response.Headers.CacheControl = "no-cache";
            return Results.Bytes(await catalog.PortraitAsync(name, context.RequestAborted), "image/png");
        });

        doors.MapPost("/api/avatars", async (string? name, string? consent, IAvatarCatalog catalog, FadaServerOptions options, Audit audit, HttpContext context) =>
        {
            var portrait = await ReadAsync(context, options.MaxPortraitBytes);
            var avatar = await catalog.CreateAsync(portrait, name ?? "", consent ?? "", context.RequestAborted);
            audit.AvatarCreated(Actor.Of(context), avatar.Name, avatar.Consent);
            return Results.Created($"/api/avatars/{avatar.Name}", Tell(avatar));
        }).RequireRateLimiting(RateLimits.Avatars);
    }

    private static object Tell(AvatarInfo avatar) => new
    {
        avatar.Name,
        avatar.Source,
        avatar.Consent,
        avatar.Width,
        avatar.Height,
        PortraitUrl = $"/api/avatars/{avatar.Name}/portrait",
    };

    private static async Task<byte[]> ReadAsync(HttpContext context, long most)
    {
        // What is in the body decides, not what it claims to be; but a form is certainly no picture.
        var type = context.Request.ContentType ?? "";
        if (!type.StartsWith("image/", StringComparison.OrdinalIgnoreCase) && !type.StartsWith("application/octet-stream", StringComparison.OrdinalIgnoreCase))
            throw Refusals.MediaType(type, "image/png, image/jpeg or image/webp");
        // Refused before the limit is set: a body over the limit would take the connection, and the answer, with it.
        if (context.Request.ContentLength > most)
            throw Refusals.ImageTooLarge(most);
        if (context.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit)
            limit.MaxRequestBodySize = most;
        using var body = new MemoryStream();
        await context.Request.Body.CopyToAsync(body, context.RequestAborted);
        return body.ToArray();
    }
}
