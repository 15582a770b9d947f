using System.Text.Json;
using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.Server.Conversation;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace FADA.Realtime.Server.Sessions;

/// <summary>A session's events as server-sent events, with its counters twice a second.</summary>
internal static class EventStream
{
    private static readonly TimeSpan StatsPeriod = TimeSpan.FromMilliseconds(500);

    public static async Task SendAsync(LiveSession session, HttpContext context, TimeProvider time)
    {
        // The engine must be there: an event stream of a session that is not live is refused as such.
        _ = session.Stats;
        context.Response.ContentType = "text/event-stream";
        context.Response.Headers.CacheControl = "no-store";
        context.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();

        using var subscription = session.Events.Subscribe();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        using var timer = new PeriodicTimer(StatsPeriod, time);
        var tick = timer.WaitForNextTickAsync(ended.Token).AsTask();
        var events = subscription.Events;
        var more = events.WaitToReadAsync(ended.Token).AsTask();
        try
        {
            await context.Response.StartAsync(ended.Token);
            while (true)
            {
                if (await Task.WhenAny(more, tick) == tick)
                {
                    if (!await tick)
                        return;
                    if (session.Closed.IsCancellationRequested is false)
                        await WriteAsync(context.Response, null, await StatsAsync(session, ended.Token), ended.Token);
                    tick = timer.WaitForNextTickAsync(ended.Token).AsTask();
                    continue;
                }

                if (!await more)
                    break;
                while (events.TryRead(out var happened))
                    await WriteAsync(context.Response, happened.Seq, EventJson.From(happened), ended.Token);
                more = events.WaitToReadAsync(ended.Token).AsTask();
            }

            await WriteAsync(context.Response, null, new { Type = "closed" }, ended.Token);
        }
        catch (Exception e) when (e is OperationCanceledException or ObjectDisposedException || context.RequestAborted.IsCancellationRequested)
        {
            // The reader is gone, or the session ended in mid-sentence.
        }
        finally
        {
            await ended.CancelAsync();
        }
    }

    private static async Task WriteAsync(HttpResponse response, ulong? seq, object data, CancellationToken cancellation)
    {
        var id = seq is { } number ? FormattableString.Invariant($"id: {number}\n") : "";
        await response.WriteAsync($"{id}data: {JsonSerializer.Serialize(data, JsonSerializerOptions.Web)}\n\n", cancellation);
        await response.Body.FlushAsync(cancellation);
    }

    private static async Task<object> StatsAsync(LiveSession session, CancellationToken cancellation)
    {
        var stats = session.Stats;
        var viewers = await session.Media.GetStatsAsync(cancellation);
        return new
        {
            Type = "stats",
            TimeMs = (long)session.MediaTime.TotalMilliseconds,
            session.Viewers,
            session.Speaking,
            Microphone = session.Microphones.Taken,
            BufferedMs = (long)stats.BufferedSpeech.TotalMilliseconds,
            RenderedAheadMs = (long)stats.RenderedAhead.TotalMilliseconds,
            InferencePerFrameMs = Math.Round(stats.InferencePerFrame.TotalMilliseconds, 2),
            stats.StarvedTicks,
            stats.SkippedTicks,
            stats.DeadlineMissed,
            RoundTripMs = RoundTrip(viewers),
            Style = StyleJson.From(session.Style),
        };
    }

    private static double? RoundTrip(IReadOnlyList<ViewerStats> viewers) =>
        viewers.Max(v => v.RoundTrip) is { } slowest ? Math.Round(slowest.TotalMilliseconds, 1) : null;
}
