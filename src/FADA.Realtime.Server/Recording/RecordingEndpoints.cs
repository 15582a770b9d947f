using System.Globalization;
using FADA.Realtime.Media.Recording;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Sessions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace FADA.Realtime.Server.Recording;

/// <summary>Starts and stops the recording of a session: a backend's door, since the files stay on the server.</summary>
internal static class RecordingEndpoints
{
    public static void MapRecording(this IEndpointRouteBuilder routes)
    {
        const string Path = "/api/sessions/{id}/recording";
        var backend = routes.MapGroup("").RequireAuthorization(Doors.Backend);

        backend.MapPost(Path, (string id, SessionRegistry registry, FadaServerOptions options, TimeProvider time) =>
        {
            var session = registry.Get(id);
            var made = Begin(session, options.Recording, time.GetUtcNow());
            return Results.Created($"/api/sessions/{id}/recording", Tell(made));
        });

        backend.MapGet(Path, (string id, SessionRegistry registry) => Tell(Find(registry.Get(id))));

        backend.MapDelete(Path, async (string id, SessionRegistry registry) =>
        {
            var recording = Find(registry.Get(id));
            var result = await recording.StopAsync();
            return new { File = System.IO.Path.GetFileName(result.Path), result.Duration.TotalSeconds, result.Frames, result.Bytes, End = result.End.ToString() };
        });
    }

    private static SessionRecording Begin(LiveSession session, RecordingOptions options, DateTimeOffset now)
    {
        if (options.Folder.Length == 0)
            throw Refusals.RecordingOff();
        var name = $"{session.Id}-{now.ToString("yyyyMMdd-HHmmss-fff", CultureInfo.InvariantCulture)}.webm";
        try
        {
            return session.Media.Record(new RecorderOptions(System.IO.Path.Combine(options.Folder, name), options.MaxDuration, options.MaxBytes));
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            throw Refusals.RecordingBusy();
        }
    }

    private static SessionRecording Find(LiveSession session) => session.Media.Recording ?? throw Refusals.RecordingNotFound();

    private static object Tell(SessionRecording recording) => new { File = System.IO.Path.GetFileName(recording.Path), recording.Duration.TotalSeconds, recording.Ended };
}
