using System.Diagnostics.Metrics;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Sessions;
using FADA.Realtime.Streaming.Telemetry;

namespace FADA.Realtime.Server.Telemetry;

/// <summary>
/// The instruments of what stands around the engine: viewers, queues, what was dropped. What can be looked up is looked
/// up when somebody asks, and costs nothing otherwise.
/// </summary>
internal sealed class ServerMetrics
{
    private static readonly KeyValuePair<string, object?> Video = new("avatar.media.kind", "video");
    private static readonly KeyValuePair<string, object?> Audio = new("avatar.media.kind", "audio");

    private readonly Meter _meter;
    private readonly Counter<long> _droppedMedia;
    private readonly Counter<long> _droppedEvents;

    public ServerMetrics(FadaServerOptions options, IMeterFactory factory)
    {
        _meter = factory.Create(StreamingMetrics.MeterName);
        _droppedMedia = _meter.CreateCounter<long>(
            "avatar.media.dropped", "{item}", "Pictures and pieces of sound, 40 ms each, dropped because the encoder was behind, by avatar.media.kind: video, audio.");
        _droppedEvents = _meter.CreateCounter<long>("avatar.event.dropped", "{event}", "Events that a reader was too slow for.");
        // As in StreamingMetrics: seen from the start.
        _droppedMedia.Add(0, Video);
        _droppedMedia.Add(0, Audio);
        _droppedEvents.Add(0);
        _meter.CreateObservableUpDownCounter("avatar.session.limit", () => options.MaxSessions, "{session}", "Sessions that may be open at once.");
    }

    public void VideoDropped() => _droppedMedia.Add(1, Video);

    public void AudioDropped() => _droppedMedia.Add(1, Audio);

    public void EventDropped() => _droppedEvents.Add(1);

    /// <summary>Tells of these sessions from now on.</summary>
    public void Watch(SessionRegistry registry)
    {
        _meter.CreateObservableUpDownCounter(
            "avatar.viewer.active", () => registry.List().Sum(s => s.Viewers), "{viewer}", "Viewers whose connection is up.");
        _meter.CreateObservableUpDownCounter(
            "avatar.speech.buffered", () => registry.List().Sum(s => s.Buffered.TotalSeconds), "s", "Speech accepted and not yet played, of all sessions.");
        _meter.CreateObservableUpDownCounter(
            "avatar.utterance.waiting", () => registry.List().Sum(s => s.Waiting), "{utterance}", "Texts and sound files that wait for their turn, of all sessions.");
    }
}
