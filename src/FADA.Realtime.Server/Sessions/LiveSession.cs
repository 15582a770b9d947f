using FADA.Realtime.Media.WebRtc;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Speech;
using FADA.Realtime.Server.Telemetry;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.Streaming.Sessions;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Sessions;

/// <summary>One live face with its viewers, voices and listeners. Made in two steps: known at once, live when started.</summary>
internal sealed partial class LiveSession : IAsyncDisposable
{
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly CancellationTokenSource _closed = new();
    private readonly Lazy<Task> _closing;
    private volatile SessionParts? _parts;
    private AnimatorOptions? _ownStyle;
    private SpeechFloor? _floor;
    private SpeechQueue? _queue;
    private Task _telling = Task.CompletedTask;
    private Task _announcing = Task.CompletedTask;
    private int _conversing;
    private int _turn;
    private long _lastUsed;

    public LiveSession(string id, AvatarInfo avatar, ServerMetrics metrics, TimeProvider time, ILogger<LiveSession> logger)
    {
        (Id, Avatar, _time, _logger) = (id, avatar, time, logger);
        Events = new EventHub(metrics);
        Microphones = new MicrophoneSlot(this, logger);
        _closing = new Lazy<Task>(CloseAsync);
        Touch();
    }

    public string Id { get; }

    public AvatarInfo Avatar { get; }

    public EventHub Events { get; }

    public MicrophoneSlot Microphones { get; }

    /// <summary>Cancelled when the session closes.</summary>
    public CancellationToken Closed => _closed.Token;

    public int Viewers => _parts?.Media.ConnectedViewers ?? 0;

    public bool Speaking => _parts?.Avatar.Speaking ?? false;

    /// <summary>Speech accepted and not yet played; zero before the session is live.</summary>
    public TimeSpan Buffered => _parts?.Avatar.Stats.BufferedSpeech ?? TimeSpan.Zero;

    /// <summary>Utterances that wait for their turn.</summary>
    public int Waiting => _queue?.Count ?? 0;

    public int Turn => Volatile.Read(ref _turn);

    /// <summary>Media time of the last picture.</summary>
    public TimeSpan MediaTime => _parts?.Sink.Time ?? TimeSpan.Zero;

    /// <exception cref="FadaException">NOT_LIVE, while the session is starting.</exception>
    public MediaSession Media => Parts.Media;

    public SessionStats Stats => Parts.Avatar.Stats;

    /// <exception cref="FadaException">NOT_LIVE.</exception>
    public SpeechFloor Floor => (Parts, _floor!).Item2;

    /// <exception cref="FadaException">NOT_LIVE.</exception>
    public SpeechQueue Queue => (Parts, _queue!).Item2;

    /// <summary>Whether nothing is being said and nothing waits to be.</summary>
    public bool Quiet => _parts is not { } parts
        || (parts.Avatar.Stats.BufferedSpeech == TimeSpan.Zero && !parts.Avatar.Speaking && !_floor!.Taken && _queue!.Empty);

    /// <summary>Since when nobody watches, speaks or converses.</summary>
    public TimeSpan Unused
    {
        get
        {
            if (_parts is null || _parts.Media.ViewerCount > 0 || _conversing != 0 || Microphones.Taken || !Quiet)
                Touch();
            return _time.GetElapsedTime(Interlocked.Read(ref _lastUsed));
        }
    }

    private SessionParts Parts => _closed.IsCancellationRequested ? throw Refusals.SessionNotFound(Id) : _parts ?? throw Refusals.NotLive();

    public void Touch() => Interlocked.Exchange(ref _lastUsed, _time.GetTimestamp());

    /// <summary>Makes the session live.</summary>
    public async Task StartAsync(SessionEngine engine)
    {
        var parts = await engine.StartAsync(Avatar.Name);
        _ownStyle = parts.Animator.Style.AsOptions();
        _floor = new SpeechFloor(parts.Avatar);
        _queue = new SpeechQueue(_floor, _logger);
        parts.Media.ViewerChanged += OnViewerChanged;
        var announcing = _announcing = AnnounceReadyAsync(parts.Sink);
        _telling = Task.Run(() => TellEventsAsync(parts, announcing));
        _parts = parts;
        Touch();
        LogLive(Id, Avatar.Name);
    }

    /// <summary>Cuts what is said and drops what waits.</summary>
    public InterruptResult Interrupt()
    {
        Queue.Clear();
        return Floor.Interrupt();
    }

    /// <summary>Steps and scales in force.</summary>
    /// <exception cref="FadaException">NOT_LIVE.</exception>
    public SamplingStyle Style => Parts.Animator.Style;

    /// <exception cref="FadaException">NOT_LIVE.</exception>
    public void Restyle(AnimatorOptions style) => Parts.Animator.Restyle(style);

    /// <summary>Back to the style that the session began with.</summary>
    /// <exception cref="FadaException">NOT_LIVE.</exception>
    public void ResetStyle() => Parts.Animator.Restyle(_ownStyle!);

    /// <summary>One conversation at a time; disposing the answer ends it.</summary>
    /// <exception cref="FadaException">CONVERSATION_BUSY or NOT_LIVE.</exception>
    public IDisposable BeginConversation()
    {
        _ = Parts;
        if (Interlocked.CompareExchange(ref _conversing, 1, 0) != 0)
            throw Refusals.ConversationBusy();
        return new ConversationPlace(this);
    }

    public ValueTask DisposeAsync() => new(_closing.Value);

    private async Task CloseAsync()
    {
        await _closed.CancelAsync();
        await Microphones.DisposeAsync();
        if (_queue is not null)
            await _queue.DisposeAsync();
        if (_parts is { } parts)
        {
            await parts.DisposeAsync();
            parts.Media.ViewerChanged -= OnViewerChanged;
        }

        // The engine tells the end of running turns while it closes; listeners get that before their end.
        await _telling.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await _announcing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        Events.Close();
        LogClosed(Id);
    }

    private async Task AnnounceReadyAsync(MediaSink sink)
    {
        var time = await sink.Visible.WaitAsync(Closed);
        Events.Tell(SessionEvents.Ready(time));
    }

    private async Task TellEventsAsync(SessionParts parts, Task announcing)
    {
        // Ready comes first, also where the first picture already speaks.
        await announcing.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await foreach (var happened in parts.Avatar.Events.ReadAllAsync())
        {
            Volatile.Write(ref _turn, happened.Turn);
            if (happened is SpeechFailed failed)
                LogSpeechFailed(failed.Error, Id, failed.Turn);
            if (SessionEvents.From(happened) is { } told)
                Events.Tell(told);
        }
    }

    private void OnViewerChanged(ViewerChange change)
    {
        Touch();
        // A viewer that never came up did not leave either.
        if (change.Connected || change.Reason != PeerCloseReason.ConnectTimeout)
            Events.Tell(SessionEvents.Viewer(change.Connected, change.ConnectedViewers, Turn, MediaTime));
    }

    private sealed class ConversationPlace(LiveSession session) : IDisposable
    {
        private int _left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _left, 1) != 0)
                return;
            session.Touch();
            Interlocked.Exchange(ref session._conversing, 0);
        }
    }

    [LoggerMessage(300, LogLevel.Information, "Session {Id} is live with avatar {Avatar}")]
    private partial void LogLive(string id, string avatar);

    [LoggerMessage(301, LogLevel.Information, "Session {Id} closed")]
    private partial void LogClosed(string id);

    [LoggerMessage(302, LogLevel.Error, "Session {Id} could not speak turn {Turn}")]
    private partial void LogSpeechFailed(Exception exception, string id, int turn);
}
