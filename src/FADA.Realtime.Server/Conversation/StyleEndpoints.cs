using System.Security.Claims;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Limits;
using FADA.Realtime.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FADA.Realtime.Server.Conversation;

/// <summary>How a running session's face speaks, over HTTP. Every answer is the style then in force.</summary>
internal static class StyleEndpoints
{
    public static void MapStyle(this IEndpointRouteBuilder routes)
    {
        const string Path = "/api/sessions/{id}/style";

        var doors = routes.MapGroup("").RequireAuthorization(Doors.Session).WithBodyLimit();

        doors.MapGet(Path, (string id, ClaimsPrincipal user, SessionRegistry registry) =>
            StyleJson.From(registry.Enter(id, user, SessionRole.None).Style));

        doors.MapPatch(Path, (string id, ClaimsPrincipal user, StyleChange body, SessionRegistry registry) =>
        {
            var session = registry.Enter(id, user, SessionRole.Microphone);
            session.Restyle(StyleReader.Read(body));
            session.Touch();
            return StyleJson.From(session.Style);
        });

        doors.MapDelete(Path, (string id, ClaimsPrincipal user, SessionRegistry registry) =>
        {
            var session = registry.Enter(id, user, SessionRole.Microphone);
            session.ResetStyle();
            session.Touch();
            return StyleJson.From(session.Style);
        });
    }
}
