using System.Collections.Immutable;
using FADA.Realtime.Media.Encoders;
using FADA.Realtime.Media.Interop;
using FADA.Realtime.Media.Recording;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Media.WebRtc;

/// <summary>
/// A session's media: one encoder, and every viewer who watches it. Pictures and sound pushed here leave on one
/// timeline, the coded frames are shared by all viewers, and a slow or vanished viewer harms nobody else.
/// </summary>
public sealed class MediaSession : IAsyncDisposable
{
    private readonly MediaSessionOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger<MediaSession> _logger;
    private readonly ulong _baseTime;
    private readonly Lock _viewersGate = new();
    private readonly Lock _pushGate = new();
    private ImmutableArray<WebRtcViewer> _viewers = [];
    private int _answering;
    private TimeSpan? _offset;
    private volatile Recorder? _recorder;
    private SessionRecording? _recording;
    private volatile bool _disposed;

    /// <exception cref="ArgumentOutOfRangeException">A value of <paramref name="options"/> is out of its range.</exception>
    /// <exception cref="MediaException">GStreamer or an element is missing.</exception>
    public MediaSession(MediaSessionOptions options, TimeProvider time, ILogger<MediaSession> logger)
    {
        SessionEncoderLimits.Check(options.MaxViewers, 1, 1000, nameof(options.MaxViewers));
        _options = options;
        _time = time;
        _logger = logger;
        Encoder = new SessionEncoder(options.Encoder, OnVideo, OnAudio);
        _baseTime = GstClock.Now;
    }

    /// <summary>A viewer connected or left. Raised on a pool thread.</summary>
    public event Action<ViewerChange>? ViewerChanged;

    public SessionEncoder Encoder { get; }

    /// <summary>Viewers that were answered and are not gone.</summary>
    public int ViewerCount => Viewers.Length;

    /// <summary>Viewers whose connection is up.</summary>
    public int ConnectedViewers => Viewers.Count(viewer => viewer.IsConnected);

    private ImmutableArray<WebRtcViewer> Viewers
    {
        get
        {
            lock (_viewersGate)
                return _viewers;
        }
    }

    /// <summary>Never blocks; see <see cref="SessionEncoder.PushVideo"/>. Without viewers nothing is encoded.</summary>
    /// <returns>False when the picture was dropped because the encoder is behind.</returns>
    public bool PushVideo(ReadOnlySpan<byte> i420, TimeSpan pts)
    {
        lock (_pushGate)
            return !Prepare(pts) || Encoder.PushVideo(i420, pts);
    }

    /// <summary>Never blocks; see <see cref="SessionEncoder.PushAudio"/>. Without viewers nothing is encoded.</summary>
    /// <returns>False when the samples were dropped because the encoder is behind.</returns>
    public bool PushAudio(ReadOnlySpan<short> mono16k, TimeSpan pts)
    {
        lock (_pushGate)
            return !Prepare(pts) || Encoder.PushAudio(mono16k, pts);
    }

    /// <summary>Answers a viewer's offer (WHEP). Media flows once its connection is up, from a key frame on.</summary>
    /// <exception cref="SdpException">The offer is malformed.</exception>
    /// <exception cref="ViewerLimitException">The session is full.</exception>
    /// <exception cref="MediaException">No answer came about in time.</exception>
    public async Task<WebRtcAnswer> AddViewerAsync(string sdpOffer, CancellationToken cancel)
    {
        lock (_viewersGate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_viewers.Length + _answering >= _options.MaxViewers)
                throw new ViewerLimitException(_options.MaxViewers);
            _answering++;
        }
        WebRtcViewer? viewer = null;
        string answer;
        bool added;
        try
        {
            (viewer, answer) = await WebRtcViewer.AnswerAsync(
                sdpOffer, _options.Encoder.Codec, _baseTime, _options.WebRtc, _time, Encoder.RequestKeyFrame, cancel);
        }
        finally
        {
            lock (_viewersGate)
            {
                _answering--;
                added = viewer is not null && !_disposed;
                if (added)
                    _viewers = _viewers.Add(viewer!);
            }
        }
        if (!added)
        {
            await viewer.DisposeAsync();
            throw new ObjectDisposedException(nameof(MediaSession));
        }
        _ = FollowAsync(viewer);
        return new WebRtcAnswer(viewer.Id, answer);
    }

    /// <summary>Adds a candidate that the viewer found after its offer (trickle).</summary>
    /// <param name="viewerId">As in <see cref="WebRtcAnswer.Id"/>.</param>
    /// <param name="mediaIndex">The number of the media section in the offer, from 0.</param>
    /// <param name="candidate">Such as "candidate:1 1 udp …"; one that is of no use is ignored.</param>
    /// <returns>False when there is no such viewer.</returns>
    public bool AddCandidate(string viewerId, int mediaIndex, string candidate)
    {
        if (Find(viewerId) is not { } viewer)
            return false;
        try
        {
            viewer.AddCandidate(mediaIndex, candidate);
            return true;
        }
        catch (ObjectDisposedException)
        {
            return false;
        }
    }

    /// <summary>Ends a viewer's connection and frees everything of it.</summary>
    /// <returns>False when there is no such viewer (any more).</returns>
    public async Task<bool> RemoveViewerAsync(string viewerId)
    {
        if (Find(viewerId) is not { } viewer)
            return false;
        await viewer.DisposeAsync();
        return true;
    }

    /// <summary>The recording that runs, or the last one that ran; null: there was none.</summary>
    public SessionRecording? Recording => Volatile.Read(ref _recording);

    /// <summary>Keeps pictures and sound in a file until <see cref="SessionRecording.StopAsync"/>, a limit, or the session's end.</summary>
    /// <exception cref="InvalidOperationException">The session is being recorded already.</exception>
    /// <exception cref="MediaException">The file cannot be written, or an element is missing.</exception>
    public SessionRecording Record(RecorderOptions options)
    {
        lock (_viewersGate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (_recorder is not null)
                throw new InvalidOperationException("The session is being recorded already.");
            var recorder = _recorder = new Recorder(options, _options.Encoder, _time, Encoder.RequestKeyFrame);
            return _recording = new SessionRecording(recorder, () => _recorder = null);
        }
    }

    /// <summary>How long ago the viewer's last packet came; null when there is no such viewer.</summary>
    internal TimeSpan? HeardAgo(string viewerId) => Find(viewerId)?.HeardAgo;

    /// <summary>One entry for each viewer that answered within two seconds.</summary>
    public async Task<IReadOnlyList<ViewerStats>> GetStatsAsync(CancellationToken cancel)
    {
        var all = await Task.WhenAll(Viewers.Select(viewer => ReadStatsAsync(viewer, cancel)));
        return all.OfType<ViewerStats>().ToList();
    }

    public async ValueTask DisposeAsync()
    {
        ImmutableArray<WebRtcViewer> viewers;
        lock (_viewersGate)
        {
            if (_disposed)
                return;
            _disposed = true;
            viewers = _viewers;
        }
        lock (_pushGate)
        {
            // Whoever was pushing is through; whoever comes now sees that it is over.
        }
        if (_recording is { } recording)
            await recording.EndAsync(RecordingEnd.SessionClosed);
        await Task.WhenAll(viewers.Select(viewer => viewer.DisposeAsync().AsTask()));
        await Task.Run(Encoder.Dispose); // joins its threads
    }

    // The first push ties media time to the clock: a frame's running time is its media time plus this offset.
    private bool Prepare(TimeSpan pts)
    {
        if (_disposed)
            return false;
        _offset ??= MediaTime.FromNanoseconds(GstClock.Now - _baseTime) - pts;
        return ViewerCount > 0 || _recorder is not null;
    }

    private void OnVideo(EncodedFrame frame)
    {
        foreach (var viewer in Viewers)
            viewer.PushVideo(frame, _offset.GetValueOrDefault());
        _recorder?.PushVideo(frame);
    }

    private void OnAudio(EncodedFrame frame)
    {
        foreach (var viewer in Viewers)
            viewer.PushAudio(frame, _offset.GetValueOrDefault());
        _recorder?.PushAudio(frame);
    }

    private WebRtcViewer? Find(string viewerId) => Viewers.FirstOrDefault(viewer => viewer.Id == viewerId);

    private static async Task<ViewerStats?> ReadStatsAsync(WebRtcViewer viewer, CancellationToken cancel)
    {
        try
        {
            return await viewer.StatisticsAsync(cancel);
        }
        catch (Exception exception) when (exception is MediaException or ObjectDisposedException || !cancel.IsCancellationRequested)
        {
            return null; // it left in the middle of the question
        }
    }

    private async Task FollowAsync(WebRtcViewer viewer)
    {
        try
        {
            await viewer.Connected;
            MediaLog.ViewerConnected(_logger, viewer.Id);
            Raise(new ViewerChange(viewer.Id, true, null, ConnectedViewers));
        }
        catch (OperationCanceledException)
        {
            // It never came up; the reason follows.
        }
        var reason = await viewer.Closed;
        lock (_viewersGate)
            _viewers = _viewers.Remove(viewer);
        MediaLog.ViewerLeft(_logger, viewer.Id, reason, viewer.Failure);
        Raise(new ViewerChange(viewer.Id, false, reason, ConnectedViewers));
        await viewer.DisposeAsync();
    }

    private void Raise(ViewerChange change)
    {
        try
        {
            ViewerChanged?.Invoke(change);
        }
        catch (Exception exception)
        {
            MediaLog.ListenerFailed(_logger, exception);
        }
    }
}
