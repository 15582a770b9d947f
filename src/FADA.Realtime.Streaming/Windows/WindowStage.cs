using System.Diagnostics;
using FADA.Realtime.Streaming.Inference;
using FADA.Realtime.Streaming.Playout;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Speech;
using FADA.Realtime.Streaming.Telemetry;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Streaming.Windows;

/// <summary>
/// Takes speech, cuts it into windows, has them rendered and hands the frames to playout. One loop; everything that
/// may let it go on (speech, a free frame, a finished turn, an interrupt) pulses its signal.
/// </summary>
internal sealed class WindowStage(
    IFaceAnimator animator,
    SpeechIntake intake,
    FramePool pool,
    PlayoutStage playout,
    PlayoutClock ticks,
    InferenceLane lane,
    TurnLedger ledger,
    SessionClock clock,
    WakeSignal wake,
    SessionOptions options,
    StreamingMetrics metrics,
    ILogger log)
{
    private readonly WindowAssembler _speech = new();
    private readonly WindowCost _cost = new();
    private readonly QuietTimer _quiet = new(intake, pool, clock, options.QuietTimeout);
    private readonly RenderedFrame[] _window = new RenderedFrame[WindowSchedule.Max];
    private volatile bool _stopped;
    private int _turn; // 0: none
    private ActivityContext _trace; // of the turn
    private int _step; // windows of the turn so far
    private long _received; // frames of the turn so far
    private bool _ended;
    private int _closing; // closing frames that are left
    private TimeSpan _resumeAt; // of the newest window

    public WindowCounters Counters { get; } = new();

    public async Task RunAsync()
    {
        while (!_stopped)
        {
            try
            {
                var seen = wake.Given;
                if (!await StepAsync().ConfigureAwait(false))
                    await wake.WaitAsync(seen).ConfigureAwait(false);
            }
            catch (Exception error)
            {
                SessionLog.StageFailed(log, error);
                ledger.Fail(_turn, error);
                Abandon();
            }
        }

        _quiet.Dispose();
    }

    public void Stop()
    {
        _stopped = true;
        wake.Pulse();
    }

    /// <summary>Does what can be done; false when there is nothing to do until the next pulse.</summary>
    private async ValueTask<bool> StepAsync()
    {
        if (_turn != 0 && _turn < ledger.Current)
            Abandon();
        TakeSpeech();
        if (_turn == 0)
        {
            _quiet.Disarm();
            return false;
        }

        var available = _ended ? _speech.Count + _closing : _speech.Count - SpeechClock.LookAheadFrames;
        var size = WindowSchedule.Fit(_step, _cost, (RunsDryAt() - clock.Now).TotalSeconds);
        var frames = WindowSchedule.Choose(size, available, _ended, _cost.Least());
        if (frames == 0)
        {
            _quiet.Arm(_turn, _received);
            return false;
        }

        _quiet.Disarm();
        // A turn begins where the one before it has returned to the idle loop.
        if ((_step == 0 && ledger.Current < _turn) || pool.Free < frames)
            return false;
        await RenderAsync(frames).ConfigureAwait(false);
        return true;
    }

    private void TakeSpeech()
    {
        while (!_ended && !_speech.Full && intake.Queue.TryPeek(out var item))
        {
            var stale = item.Turn < ledger.Current;
            if (!stale && _turn == 0)
                BeginTurn(item.Turn);
            if (!stale && item.Turn != _turn)
                return; // this turn was interrupted just now: the next step gives it up
            intake.Queue.TryRead(out _);
            if (item.Frame is null)
            {
                _ended |= !stale;
                continue;
            }

            if (stale)
            {
                intake.Return(item.Frame);
                metrics.SpeechDropped(1);
                continue;
            }

            _speech.Add(item.Frame);
            _received++;
        }
    }

    private void BeginTurn(int turn)
    {
        _turn = turn;
        _trace = ledger.ContextOf(turn);
        _step = 0;
        _received = 0;
        _ended = false;
        _closing = options.ClosingFrames;
    }

    private void Abandon()
    {
        if (_speech.Count > 0)
            metrics.SpeechDropped(_speech.Count);
        while (_speech.Take() is { } frame)
            intake.Return(frame);
        _turn = 0;
        _ended = false;
    }

    private async ValueTask RenderAsync(int frames)
    {
        for (var i = 0; i < frames; i++)
        {
            if (!pool.TryRent(out _window[i]!))
                throw new InvalidOperationException("The frame pool is empty, although this stage is its only taker.");
            lane.Output[i] = _window[i].Picture;
        }

        var speech = _speech.Fill(lane.Speech, frames);
        var asked = clock.Now;
        var due = _step == 0 ? asked + options.FirstFrameTarget : RunsDryAt();
        InferenceTiming timing;
        try
        {
            int? begin = _step == 0 ? playout.PlanJoin(_turn, TicksOf(frames)) : null;
            timing = await lane.RenderAsync(animator, begin, speech, frames, due - asked, _trace).ConfigureAwait(false);
        }
        catch (Exception error)
        {
            GiveBack(frames);
            SessionLog.RenderingFailed(log, _turn, error);
            ledger.Fail(_turn, error);
            Abandon();
            return;
        }

        var now = clock.Now;
        // A window asked for after its time waited for speech, not for the device.
        if (_step > 0 && asked < due && now > due)
        {
            Counters.DeadlineMissed++;
            metrics.DeadlineMissed();
        }

        Counters.Observe(frames, timing.Run);
        _cost.Observe(frames, timing.Wait + timing.Run);
        if (_turn < ledger.Current)
            GiveBack(frames); // interrupted meanwhile; the next step gives up the rest
        else
            Publish(frames, now);
    }

    private void Publish(int frames, TimeSpan now)
    {
        _step++;
        var turnStart = TimeSpan.Zero;
        for (var i = 0; i < frames; i++)
        {
            var speech = _speech.Take();
            _closing -= speech is null ? 1 : 0;
            turnStart = speech?.TurnStart ?? turnStart;
            var frame = _window[i];
            frame.Turn = _turn;
            frame.Speech = speech;
            frame.TurnStart = turnStart;
            frame.Last = false;
        }

        var over = _ended && _speech.Count + _closing == 0;
        _window[frames - 1].Last = over;
        var left = _speech.Count + (_ended ? _closing : intake.Queue.Count);
        var delay = StartRule.Delay(
            _cost, _step, pool.Rendered.Count + frames, left, _ended, options.JitterMargin, options.MaxStartDelay);
        _resumeAt = now + delay;
        for (var i = 0; i < frames; i++)
        {
            _window[i].ResumeAt = _resumeAt;
            pool.Publish(_window[i]);
        }

        if (!over)
            return;
        _turn = 0;
        _ended = false;
    }

    private void GiveBack(int frames)
    {
        for (var i = 0; i < frames; i++)
            pool.Return(_window[i]);
    }

    /// <summary>When the frame after those that are rendered is due.</summary>
    private TimeSpan RunsDryAt()
    {
        var rendered = pool.Rendered.Count;
        var playing = ticks.DueAt(rendered);
        var held = _resumeAt + (rendered * SpeechClock.FrameDuration);
        return rendered > 0 && held > playing ? held : playing;
    }

    private int TicksOf(int frames) =>
        1 + (int)(_cost.Estimate(frames) / SpeechClock.FrameDuration.TotalSeconds);
}
