using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Telemetry;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Streaming.Playout;

/// <summary>
/// Sends one picture with exactly its 640 samples at each tick: rendered speech, or the idle loop with silence. When a
/// turn starves, sound and picture wait together and go on together.
/// </summary>
internal sealed class PlayoutStage
{
    private static readonly short[] Silence = new short[SpeechClock.SamplesPerFrame];

    private readonly ISessionSink _sink;
    private readonly FramePool _pool;
    private readonly TurnLedger _ledger;
    private readonly SessionClock _clock;
    private readonly StreamingMetrics _metrics;
    private readonly ILogger _log;
    private readonly IdleLoop _idle;
    private readonly CrossFade _fade;
    private readonly BlinkingEyes? _eyes;
    private readonly long _holdTicks;

    private int _turn; // the turn that is playing, 0: none
    private bool _returning; // the next idle picture must be found near what is on screen
    private bool _drifting; // starved for so long that the idle loop moves
    private int _starvedFor; // ticks in a row
    private VideoFrame _shown; // what is on screen
    private RenderedFrame? _held; // keeps the picture on screen out of the pool
    private long _plan = -1; // turn << 32 | idle frame after which it begins
    private bool _sinkFailed;
    private bool _failed;

    public PlayoutStage(
        IFaceAnimator animator,
        ISessionSink sink,
        FramePool pool,
        TurnLedger ledger,
        SessionClock clock,
        SessionOptions options,
        StreamingMetrics metrics,
        ILogger log)
    {
        _sink = sink;
        _pool = pool;
        _ledger = ledger;
        _clock = clock;
        _metrics = metrics;
        _log = log;
        _idle = new IdleLoop(animator.Idle);
        _fade = new CrossFade(options.FadeFrames, animator.Width, animator.Height);
        _eyes = BlinkingEyes.Of(animator, options.BlinkSeed);
        _holdTicks = (long)(options.StarvedHold / SpeechClock.FrameDuration);
        _shown = animator.Idle[0];
    }

    public PlayoutCounters Counters { get; } = new();

    /// <summary>
    /// Chooses the idle frame after which a turn will begin, so many ticks from now, and steers the loop there. Called
    /// by the window stage.
    /// </summary>
    public int PlanJoin(int turn, int ticks)
    {
        var join = (_idle.Index + ticks) % _idle.Count;
        Volatile.Write(ref _plan, ((long)turn << 32) | (uint)join);
        return join;
    }

    /// <summary>One tick; called by one thread at a time.</summary>
    public void Tick(TimeSpan media)
    {
        try
        {
            Play(media);
        }
        catch (Exception error)
        {
            // A timer's exception would end the process, and with it the sessions of others.
            if (!_failed)
                SessionLog.StageFailed(_log, error);
            _failed = true;
        }
    }

    private void Play(TimeSpan media)
    {
        Counters.Ticks++;
        var now = _clock.Now;
        while (true)
        {
            var current = _ledger.Current;
            if (_turn != 0 && _turn < current)
                Leave();
            DropStale(current);
            if (_ledger.TryTakeInterrupt(out var at))
                _metrics.Interrupted(now - at);
            if (!_pool.Rendered.TryPeek(out var next) || !MayPlay(next, now))
                break;
            if (TryClaim(next, now))
            {
                Speak(media);
                return;
            }

            // Interrupted between the look and the claim: look again.
        }

        if (_turn != 0)
            Starve(media);
        else
            Show(NextIdle(), null, Silence, media);
    }

    private bool MayPlay(RenderedFrame next, TimeSpan now) =>
        (_turn != 0 && _starvedFor == 0) || now >= next.ResumeAt;

    private bool TryClaim(RenderedFrame next, TimeSpan now)
    {
        var samples = next.Speech?.Count ?? 0;
        if (_turn != 0)
            return _ledger.TryClaim(next.Turn, samples);
        if (!_ledger.TryStart(next.Turn, samples, now - next.TurnStart))
            return false;
        _turn = next.Turn;
        if (_returning || !ReferenceEquals(_shown, _idle.Current) || _idle.Index != JoinOf(next.Turn))
            _fade.Start(_shown);
        _returning = false;
        return true;
    }

    private void Speak(TimeSpan media)
    {
        if (!_pool.Rendered.TryRead(out var frame))
            return; // cannot be: this is the only reader, and it has just peeked
        if (_drifting)
            _fade.Start(_shown);
        _drifting = false;
        _starvedFor = 0;
        Counters.SpokenFrames++;
        Show(frame.Picture, frame, frame.Speech?.Samples ?? Silence, media);
        _pool.ReturnSpeech(frame);
        if (!frame.Last)
            return;
        _ledger.Finish(frame.Turn);
        Leave();
    }

    private void Starve(TimeSpan media)
    {
        Counters.StarvedTicks++;
        _metrics.TickStarved();
        if (++_starvedFor <= _holdTicks)
        {
            Send(_shown, Silence, media);
            return;
        }

        _returning |= !_drifting;
        _drifting = true;
        Show(NextIdle(), null, Silence, media);
    }

    private void Leave()
    {
        _turn = 0;
        _starvedFor = 0;
        _returning = !_drifting;
        _drifting = false;
    }

    private VideoFrame NextIdle()
    {
        if (!_returning)
            return _idle.Step(_turn == 0 ? JoinOf(_ledger.Current) : -1);
        _returning = false;
        _fade.Start(_shown);
        return _idle.JumpNear(_shown);
    }

    private int JoinOf(int turn)
    {
        var plan = Volatile.Read(ref _plan);
        return plan >= 0 && (int)(plan >> 32) == turn ? (int)plan : -1;
    }

    private void DropStale(int current)
    {
        while (_pool.Rendered.TryPeek(out var frame) && frame.Turn < current)
        {
            if (!_pool.Rendered.TryRead(out frame))
                continue;
            _pool.Return(frame);
            _metrics.FrameDropped();
        }
    }

    private void Show(VideoFrame picture, RenderedFrame? owner, short[] samples, TimeSpan media)
    {
        _shown = _fade.Apply(picture);
        Send(_shown, samples, media);
        var before = _held;
        _held = owner;
        if (before is not null)
            _pool.Return(before);
    }

    private void Send(VideoFrame picture, short[] samples, TimeSpan media)
    {
        try
        {
            _sink.Tick(_eyes?.Next(picture) ?? picture, samples, media);
        }
        catch (Exception error)
        {
            Counters.SinkFailures++;
            if (!_sinkFailed)
                SessionLog.SinkFailed(_log, error);
            _sinkFailed = true;
        }
    }
}
