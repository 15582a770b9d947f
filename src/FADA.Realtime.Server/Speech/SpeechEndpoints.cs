using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Limits;
using FADA.Realtime.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FADA.Realtime.Server.Speech;

/// <summary>What the console page lets a face say.</summary>
internal static class SpeechEndpoints
{
    public static void MapSpeech(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/api/speech", (SampleLibrary samples) => new
        {
            Samples = samples.All.Select(s => new { s.Name, s.Title }),
            Voices = TextSpeech.Voices.Select(v => new { Name = v.Key, Title = v.Value }),
        }).RequireAuthorization(Doors.Backend);

        var doors = routes.MapGroup("").RequireAuthorization(Doors.Session).WithBodyLimit();
        var files = routes.MapGroup("").RequireAuthorization(Doors.Session);
        doors.MapPost("/api/sessions/{id}/say", async (string id, HttpRequest request, SayRequest body, SessionRegistry registry, TextSpeech text) =>
            await QueueAsync(registry, registry.Enter(id, request.HttpContext.User, SessionRole.Microphone), () => text.SpeakAsync(body.Text, body.Voice, request.HttpContext.RequestAborted)));

        doors.MapPost("/api/sessions/{id}/samples/{name}", async (string id, string name, HttpRequest request, SessionRegistry registry, SampleLibrary samples) =>
            await QueueAsync(registry, registry.Enter(id, request.HttpContext.User, SessionRole.Microphone), () => samples.OpenAsync(name, request.HttpContext.RequestAborted)));

        files.MapPost("/api/sessions/{id}/speech", async (string id, HttpRequest request, SessionRegistry registry, UploadedSpeech uploads) =>
            await QueueAsync(registry, registry.Enter(id, request.HttpContext.User, SessionRole.Microphone), () => uploads.ReceiveAsync(request, request.HttpContext.RequestAborted)));

        doors.MapPost("/api/sessions/{id}/interrupt", (string id, HttpRequest request, SessionRegistry registry) =>
        {
            var stopped = registry.Enter(id, request.HttpContext.User, SessionRole.Microphone).Interrupt();
            return Results.Ok(new { stopped.Turn, stopped.PlayedMs, stopped.Turns });
        });
    }

    private static async Task<IResult> QueueAsync(SessionRegistry registry, LiveSession session, Func<Task<Utterance>> make)
    {
        // Refuse a session that is not live, or about to end, before work is done for it.
        registry.RefuseWhenDraining();
        var queue = session.Queue;
        session.Touch();
        queue.Add(await make());
        return Results.Accepted();
    }
}
