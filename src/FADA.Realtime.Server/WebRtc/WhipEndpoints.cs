using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FADA.Realtime.Server.WebRtc;

/// <summary>A microphone comes and goes by WHIP (RFC 9725).</summary>
internal static class WhipEndpoints
{
    public static void MapWhip(this IEndpointRouteBuilder routes)
    {
        var doors = routes.MapGroup("").RequireAuthorization(Doors.Session);
        doors.MapPost("/whip/{id}", async (string id, HttpContext context, SessionRegistry registry, SessionEngine engine, FadaServerOptions options) =>
        {
            var session = registry.Enter(id, context.User, SessionRole.Microphone);
            registry.RefuseWhenDraining();
            var offer = await SdpExchange.ReadOfferAsync(context.Request);
            var microphone = await session.Microphones.OpenAsync(offer, engine, context.RequestAborted);
            return SdpExchange.Answer(context.Response, $"/whip/{id}/{microphone.Id}", microphone.Id, microphone.AnswerSdp, options.Ice);
        });

        doors.MapDelete("/whip/{id}/{microphone}", async (string id, string microphone, HttpRequest request, SessionRegistry registry) =>
        {
            await registry.Enter(id, request.HttpContext.User, SessionRole.Microphone).Microphones.CloseAsync(microphone);
            return Results.Ok();
        });

        doors.MapPatch("/whip/{id}/{microphone}", async (string id, string microphone, HttpRequest request, SessionRegistry registry) =>
        {
            var peer = registry.Enter(id, request.HttpContext.User, SessionRole.Microphone).Microphones.Get(microphone);
            foreach (var candidate in await SdpExchange.ReadCandidatesAsync(request, microphone))
                peer.AddCandidate(candidate.MediaIndex, candidate.Candidate);
            return Results.NoContent();
        });
    }
}
