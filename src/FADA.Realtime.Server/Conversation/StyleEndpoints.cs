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

        routes.MapGet(Path, (string id, HttpRequest request, SessionRegistry registry) =>
            StyleJson.From(registry.GetWithToken(id, request).Style));

        routes.MapPatch(Path, (string id, HttpRequest request, StyleChange body, SessionRegistry registry) =>
        {
            var session = registry.GetWithToken(id, request);
            session.Restyle(StyleReader.Read(body));
            session.Touch();
            return StyleJson.From(session.Style);
        });

        routes.MapDelete(Path, (string id, HttpRequest request, SessionRegistry registry) =>
        {
            var session = registry.GetWithToken(id, request);
            session.ResetStyle();
            session.Touch();
            return StyleJson.From(session.Style);
        });
    }
}
