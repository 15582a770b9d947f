using System.Security.Claims;
using FADA.Realtime.Server.Auditing;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Limits;
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
        var backend = routes.MapGroup("").RequireAuthorization(Doors.Backend).WithBodyLimit();
        var doors = routes.MapGroup("").RequireAuthorization(Doors.Session).WithBodyLimit();

        backend.MapPost("/api/sessions", async (NewSession body, SessionRegistry registry, SessionTokens tokens, FadaServerOptions options, HttpContext context) =>
        {
            var session = await registry.CreateAsync(body.Avatar ?? "", body.IdempotencyKey ?? "", Actor.Of(context), context.RequestAborted);
            return Results.Created($"/api/sessions/{session.Id}", Tell(session, options, tokens.Issue(session.Id, SessionRole.Both)));
        }).RequireRateLimiting(RateLimits.Sessions);

        // For a viewer or a microphone alone, and for a session that outlives its first token.
        backend.MapPost("/api/sessions/{id}/tokens", (string id, NewToken body, SessionRegistry registry, SessionTokens tokens, Audit audit, HttpContext context) =>
        {
            var role = body.ToRole();
            var (token, expires) = tokens.Issue(registry.Get(id).Id, role);
            audit.TokenIssued(Actor.Of(context), id, role);
            return Results.Ok(new { Token = token, TokenExpires = expires });
        });

        doors.MapGet("/api/sessions/{id}", (string id, ClaimsPrincipal user, SessionRegistry registry, FadaServerOptions options) =>
            Tell(registry.Enter(id, user, SessionRole.None), options, issued: null));

        doors.MapDelete("/api/sessions/{id}", async (string id, HttpContext context, SessionRegistry registry) =>
        {
            await registry.CloseAsync(registry.Enter(id, context.User, SessionRole.Both), Actor.Of(context));
            return Results.NoContent();
        });

        doors.MapGet("/api/sessions/{id}/events", (string id, HttpContext context, SessionRegistry registry, TimeProvider time) =>
            EventStream.SendAsync(registry.Enter(id, context.User, SessionRole.None), context, time));
    }

    private static object Tell(LiveSession session, FadaServerOptions options, (string Token, DateTimeOffset Expires)? issued) => new
    {
        session.Id,
        Avatar = session.Avatar.Name,
        session.Avatar.Width,
        session.Avatar.Height,
        WhepUrl = $"/whep/{session.Id}",
        WhipUrl = $"/whip/{session.Id}",
        issued?.Token,
        TokenExpires = issued?.Expires,
        session.Viewers,
        session.Speaking,
        IceServers = IceSettings.ForBrowsers(options.Ice),
    };
}
