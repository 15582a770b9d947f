using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Limits;
using FADA.Realtime.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FADA.Realtime.Server.WebRtc;

/// <summary>Viewers come and go by WHEP (draft-ietf-wish-whep).</summary>
internal static class WhepEndpoints
{
    public static void MapWhep(this IEndpointRouteBuilder routes)
    {
        var doors = routes.MapGroup("").RequireAuthorization(Doors.Session);
        doors.MapPost("/whep/{id}", async (string id, HttpContext context, SessionRegistry registry, FadaServerOptions options) =>
        {
            var session = registry.Enter(id, context.User, SessionRole.Viewer);
            var offer = await SdpExchange.ReadOfferAsync(context.Request);
            var answer = await session.Media.AddViewerAsync(offer, context.RequestAborted);
            return SdpExchange.Answer(context.Response, $"/whep/{id}/{answer.Id}", answer.Id, answer.Sdp, options.Ice);
        }).RequireRateLimiting(RateLimits.Viewers);

        doors.MapDelete("/whep/{id}/{viewer}", async (string id, string viewer, HttpRequest request, SessionRegistry registry) =>
        {
            var session = registry.Enter(id, request.HttpContext.User, SessionRole.Viewer);
            return await session.Media.RemoveViewerAsync(viewer) ? Results.Ok() : throw Refusals.PeerNotFound();
        });

        doors.MapPatch("/whep/{id}/{viewer}", async (string id, string viewer, HttpRequest request, SessionRegistry registry) =>
        {
            var session = registry.Enter(id, request.HttpContext.User, SessionRole.Viewer);
            foreach (var candidate in await SdpExchange.ReadCandidatesAsync(request, viewer))
            {
                if (!session.Media.AddCandidate(viewer, candidate.MediaIndex, candidate.Candidate))
                    throw Refusals.PeerNotFound();
            }

            return Results.NoContent();
        });
    }
}
