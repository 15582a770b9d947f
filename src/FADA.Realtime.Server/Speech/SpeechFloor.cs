using FADA.Realtime.Streaming.Sessions;

namespace FADA.Realtime.Server.Speech;

/// <summary>
/// Who may speak through a face: one source at a time, for one turn. An interrupt takes the floor from whoever has it.
/// </summary>
internal sealed class SpeechFloor(AvatarSession session) : IDisposable
{
    private readonly SemaphoreSlim _free = new(1, 1);
    private readonly Lock _lock = new();
    private SpeechTurn? _holder;

    /// <summary>Whether somebody has the floor.</summary>
    public bool Taken
    {
        get
        {
            lock (_lock)
            {
                return _holder is not null;
            }
        }
    }

    /// <summary>Waits for the floor.</summary>
    public async Task<SpeechTurn> TakeAsync(CancellationToken cancellation)
    {
        await _free.WaitAsync(cancellation);
        return Hold();
    }

    /// <summary>The floor, or null where somebody else has it.</summary>
    public SpeechTurn? TryTake() => _free.Wait(0, CancellationToken.None) ? Hold() : null;

    /// <summary>Silences the face; the turn that had the floor can write no more.</summary>
    public InterruptResult Interrupt()
    {
        lock (_lock)
        {
            _holder?.Cut();
        }

        return session.Interrupt();
    }

    public void Dispose() => _free.Dispose();

    internal void Release(SpeechTurn turn)
    {
        lock (_lock)
        {
            if (_holder != turn)
                return;
            _holder = null;
        }

        _free.Release();
    }

    private SpeechTurn Hold()
    {
        var turn = new SpeechTurn(this, session);
        lock (_lock)
        {
            _holder = turn;
        }

        return turn;
    }
}
