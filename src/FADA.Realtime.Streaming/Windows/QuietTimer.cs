using FADA.Realtime.Streaming.Playout;
using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Speech;

namespace FADA.Realtime.Streaming.Windows;

/// <summary>
/// Ends a turn that nobody ended: armed while all its speech is rendered and no more has come. It waits until little is
/// left to play, so that a sender who pauses between bursts stays in one turn, but not until playout has run dry,
/// because the last 80 ms of speech can be rendered only when it is known that nothing follows.
/// </summary>
internal sealed class QuietTimer : IDisposable
{
    private const int TailFrames = 4; // left to play while the tail is rendered

    private readonly SpeechIntake _intake;
    private readonly FramePool _pool;
    private readonly TimeSpan _quiet;
    private readonly ITimer _timer;
    private int _turn;
    private long _armedAt = -1;

    public QuietTimer(SpeechIntake intake, FramePool pool, SessionClock clock, TimeSpan quiet)
    {
        _intake = intake;
        _pool = pool;
        _quiet = quiet;
        _timer = clock.Provider.CreateTimer(
            static self => ((QuietTimer)self!).OnTimer(), this, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <param name="received">Frames of the turn so far; the wait starts anew only when it has changed.</param>
    public void Arm(int turn, long received)
    {
        if (_armedAt == received && Volatile.Read(ref _turn) == turn)
            return;
        Volatile.Write(ref _turn, turn);
        _armedAt = received;
        _timer.Change(_quiet, Timeout.InfiniteTimeSpan);
    }

    public void Disarm()
    {
        if (_armedAt < 0)
            return;
        _armedAt = -1;
        _timer.Change(Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => _timer.Dispose();

    private void OnTimer()
    {
        var left = (_pool.Rendered.Count - TailFrames) * SpeechClock.FrameDuration;
        if (left <= TimeSpan.Zero)
            left = _intake.EndIfQuiet(Volatile.Read(ref _turn), _quiet);
        if (left <= TimeSpan.Zero)
            return;
        try
        {
            _timer.Change(TimeSpan.FromMilliseconds(Math.Ceiling(left.TotalMilliseconds)), Timeout.InfiniteTimeSpan);
        }
        catch (ObjectDisposedException)
        {
            // The session ended meanwhile.
        }
    }
}
