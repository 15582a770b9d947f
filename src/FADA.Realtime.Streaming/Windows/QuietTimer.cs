using FADA.Realtime.Streaming.Sessions;
using FADA.Realtime.Streaming.Speech;

namespace FADA.Realtime.Streaming.Windows;

/// <summary>Ends a turn that nobody ended: armed while all its speech is rendered and no more has come.</summary>
internal sealed class QuietTimer : IDisposable
{
    private readonly SpeechIntake _intake;
    private readonly TimeSpan _quiet;
    private readonly ITimer _timer;
    private int _turn;
    private long _armedAt = -1;

    public QuietTimer(SpeechIntake intake, SessionClock clock, TimeSpan quiet)
    {
        _intake = intake;
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
        var left = _intake.EndIfQuiet(Volatile.Read(ref _turn), _quiet);
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
