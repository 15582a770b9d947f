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
        routes.MapPost("/whip/{id}", async (string id, HttpContext context, SessionRegistry registry, SessionEngine engine, FadaServerOptions options) =>
        {
            var session = registry.GetWithToken(id, context.Request);
            registry.RefuseWhenDraining();
            var offer = await SdpExchange.ReadOfferAsync(context.Request);
            var microphone = await session.Microphones.OpenAsync(offer, engine, context.RequestAborted);
            return SdpExchange.Answer(context.Response, $"/whip/{id}/{microphone.Id}", microphone.Id, microphone.AnswerSdp, options.Ice);
        });

        routes.MapDelete("/whip/{id}/{microphone}", async (string id, string microphone, HttpRequest request, SessionRegistry registry) =>
        {
            await registry.GetWithToken(id, request).Microphones.CloseAsync(microphone);
            return Results.Ok();
        });

        routes.MapPatch("/whip/{id}/{microphone}", async (string id, string microphone, HttpRequest request, SessionRegistry registry) =>
        {
            var peer = registry.GetWithToken(id, request).Microphones.Get(microphone);
            foreach (var candidate in await SdpExchange.ReadCandidatesAsync(request, microphone))
                peer.AddCandidate(candidate.MediaIndex, candidate.Candidate);
            return Results.NoContent();
        });
    }
}
