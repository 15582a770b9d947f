using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.WebRtc;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FADA.Realtime.Server.Sessions;

/// <summary>The console page's sessions.</summary>
internal static class SessionEndpoints
{
    public static void MapSessions(this IEndpointRouteBuilder routes)
    {
        routes.MapPost("/api/sessions", async (NewSession body, SessionRegistry registry, FadaServerOptions options, HttpContext context) =>
        {
            var session = await registry.CreateAsync(body.Avatar ?? "", body.IdempotencyKey ?? "", context.RequestAborted);
            return Results.Created($"/api/sessions/{session.Id}", Tell(session, options, session.Token.Value));
        });

        routes.MapGet("/api/sessions/{id}", (string id, HttpRequest request, SessionRegistry registry, FadaServerOptions options) =>
            Tell(registry.GetWithToken(id, request), options, token: null));

        routes.MapDelete("/api/sessions/{id}", async (string id, HttpRequest request, SessionRegistry registry) =>
        {
            await registry.CloseAsync(registry.GetWithToken(id, request));
            return Results.NoContent();
        });

        routes.MapGet("/api/sessions/{id}/events", (string id, HttpContext context, SessionRegistry registry, TimeProvider time) =>
            EventStream.SendAsync(registry.GetWithToken(id, context.Request), context, time));
    }

    private static object Tell(LiveSession session, FadaServerOptions options, string? token) => new
    {
        session.Id,
        Avatar = session.Avatar.Name,
        session.Avatar.Width,
        session.Avatar.Height,
        WhepUrl = $"/whep/{session.Id}",
        WhipUrl = $"/whip/{session.Id}",
        Token = token,
        session.Viewers,
        session.Speaking,
        IceServers = IceSettings.ForBrowsers(options.Ice),
    };
}
