using System.Threading.Channels;
using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Playout;
using FADA.Realtime.Streaming.Speech;
using FADA.Realtime.Streaming.Telemetry;
using FADA.Realtime.Streaming.Windows;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Streaming.Sessions;

/// <summary>
/// One live avatar: speech in, picture and sound out on one clock. While nobody speaks the idle loop plays, which costs
/// no inference. Safe for use from many threads, but speech has one writer at a time.
/// </summary>
public sealed class AvatarSession : IAsyncDisposable
{
    private static readonly TimeSpan EndTimeout = TimeSpan.FromSeconds(10);

    private readonly IFaceAnimator _animator;
    private readonly StreamingMetrics _metrics;
    private readonly ILogger _log;
    private readonly SessionClock _clock;
    private readonly WakeSignal _wake = new();
    private readonly EventLog _events;
    private readonly TurnLedger _ledger;
    private readonly SpeechIntake _intake;
    private readonly FramePool _pool;
    private readonly PlayoutStage _playout;
    private readonly PlayoutClock _ticks;
    private readonly InferenceLane _lane;
    private readonly WindowStage _windows;
    private readonly Task _rendering;
    private readonly Lazy<Task> _end;

    private AvatarSession(
        IFaceAnimator animator,
        ISessionSink sink,
        InferenceLane lane,
        SessionOptions options,
        StreamingMetrics metrics,
        TimeProvider time,
        ILogger<AvatarSession> logger)
    {
        _animator = animator;
        _lane = lane;
        _metrics = metrics;
        _log = logger;
        _clock = new SessionClock(time);
        _events = new EventLog(options.EventCapacity, _clock);
        _ledger = new TurnLedger(_events, _clock, _wake, metrics);
        _intake = new SpeechIntake(options.SpeechBuffer, _ledger, _clock, _wake);
        // One more than runs ahead: the one on screen.
        var frames = (int)(options.RenderAhead / SpeechClock.FrameDuration) + 1;
        _pool = new FramePool(frames, animator.Width, animator.Height, _intake, _wake);
        _playout = new PlayoutStage(animator, sink, _pool, _ledger, _clock, options, metrics, logger);
        _ticks = new PlayoutClock(_clock, _playout.Tick, metrics);
        _windows = new WindowStage(
            animator, _intake, _pool, _playout, _ticks, lane, _ledger, _clock, _wake, options, metrics, logger);
        _rendering = Task.Run(_windows.RunAsync);
        _end = new Lazy<Task>(EndAsync);
        metrics.SessionOpened();
        _ticks.Start();
    }

    /// <summary>Starts the session and its clock: the sink gets its first tick 40 ms later.</summary>
    /// <param name="animator">The face; from here on the session's, which disposes it.</param>
    /// <exception cref="InferenceBusyException">The device carries as many sessions as it may.</exception>
    /// <exception cref="ArgumentOutOfRangeException">An option is out of range.</exception>
    public static AvatarSession Start(
        IFaceAnimator animator,
        ISessionSink sink,
        InferenceExecutor executor,
        SessionOptions options,
        StreamingMetrics metrics,
        TimeProvider time,
        ILogger<AvatarSession> logger)
    {
        options.Validate();
        if (animator.Idle.Count == 0)
            throw new ArgumentException("The animator has no idle frame.", nameof(animator));
        var lane = executor.OpenLane();
        try
        {
            return new AvatarSession(animator, sink, lane, options, metrics, time, logger);
        }
        catch
        {
            lane.Dispose();
            throw;
        }
    }

    /// <summary>For tests: whether the window stage has done all it can until the next tick or call.</summary>
    internal bool Settled => _wake.Settled;

    /// <summary>What happened, in order, for one reader; ends when the session is disposed.</summary>
    public ChannelReader<SessionEvent> Events => _events.Reader;

    /// <summary>Whether a turn's frames are being played.</summary>
    public bool Speaking => _ledger.Speaking;

    public SessionStats Stats => new()
    {
        Ticks = _playout.Counters.Ticks,
        SkippedTicks = _ticks.Skipped,
        StarvedTicks = _playout.Counters.StarvedTicks,
        SpokenFrames = _playout.Counters.SpokenFrames,
        SinkFailures = _playout.Counters.SinkFailures,
        Windows = _windows.Counters.Windows,
        DeadlineMissed = _windows.Counters.DeadlineMissed,
        BufferedSpeech = _intake.Buffered,
        RenderedAhead = _pool.Rendered.Count * SpeechClock.FrameDuration,
        InferencePerFrame = _windows.Counters.InferencePerFrame,
    };

    /// <summary>
    /// Speech of the current turn; the first audio after a finished, ended or interrupted turn starts the next. Waits
    /// while <see cref="SessionOptions.SpeechBuffer"/> is full. An interrupt during the wait drops the rest.
    /// </summary>
    /// <param name="pcm">16 kHz mono, any number of samples; must not change until the call completes.</param>
    /// <exception cref="InvalidOperationException">Another write is still waiting.</exception>
    /// <exception cref="ObjectDisposedException">The session ended.</exception>
    /// <exception cref="OperationCanceledException">The speech up to some sample was accepted, the rest was not.</exception>
    public ValueTask WriteAsync(ReadOnlyMemory<short> pcm, CancellationToken cancellation = default) =>
        _intake.WriteAsync(pcm, cancellation);

    /// <summary>No more speech in this turn: what was written is spoken to its end. Nothing happens without a turn.</summary>
    public void EndTurn() => _intake.EndTurn();

    /// <summary>Drops all speech; sound and picture stop at the next tick, and the avatar idles.</summary>
    public InterruptResult Interrupt() => _ledger.Interrupt();

    /// <summary>Stops the clock and gives everything back; turns in progress are told as interrupted.</summary>
    public ValueTask DisposeAsync() => new(_end.Value);

    private async Task EndAsync()
    {
        await _ticks.DisposeAsync().ConfigureAwait(false);
        // First: a writer that waits is to hear that the session ended, not to take the end for an interrupt.
        _intake.Close();
        _ledger.Close();
        _windows.Stop();
        _metrics.SessionClosed();
        try
        {
            await _rendering.WaitAsync(EndTimeout, _clock.Provider).ConfigureAwait(false);
            Free();
        }
        catch (TimeoutException)
        {
            // The face is in use on the device: it cannot be taken away, only given back later.
            SessionLog.SlowEnd(_log, EndTimeout.TotalSeconds);
            _ = _rendering.ContinueWith(_ => Free(), TaskScheduler.Default);
        }
    }

    private void Free()
    {
        _lane.Dispose();
        try
        {
            _animator.Dispose();
        }
        catch (Exception error)
        {
            SessionLog.AnimatorDisposeFailed(_log, error);
        }
    }
}
