using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.Server.Telemetry;
using FADA.Realtime.Streaming;

namespace FADA.Realtime.Server.Sessions;

/// <summary>Joins the playout clock to the encoder.</summary>
internal sealed class MediaSink(MediaSession media, ServerMetrics metrics) : ISessionSink
{
    private readonly TaskCompletionSource<TimeSpan> _visible = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private long _time;

    /// <summary>Completes with its time when the first frame was played out.</summary>
    public Task<TimeSpan> Visible => _visible.Task;

    /// <summary>Media time of the last tick.</summary>
    public TimeSpan Time => new(Interlocked.Read(ref _time));

    public void Tick(VideoFrame frame, ReadOnlySpan<short> speech, TimeSpan time)
    {
        if (!media.PushVideo(frame.Data, time))
            metrics.VideoDropped();
        if (!media.PushAudio(speech, time))
            metrics.AudioDropped();
        Interlocked.Exchange(ref _time, time.Ticks);
        _visible.TrySetResult(time);
    }
}
