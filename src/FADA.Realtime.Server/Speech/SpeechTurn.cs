using FADA.Realtime.Streaming.Sessions;

namespace FADA.Realtime.Server.Speech;

/// <summary>One source's turn at speaking. Disposing it ends the turn and gives the floor to the next.</summary>
internal sealed class SpeechTurn(SpeechFloor floor, AvatarSession session) : IDisposable
{
    private readonly CancellationTokenSource _cut = new();
    private bool _disposed;

    /// <summary>Whether an interrupt ended this turn: what is left of its speech goes nowhere.</summary>
    public bool WasCut => _cut.IsCancellationRequested;

    /// <summary>Writes speech, 16 kHz mono; waits while the session is full.</summary>
    /// <returns>False once the turn was interrupted.</returns>
    public async ValueTask<bool> WriteAsync(ReadOnlyMemory<short> speech, CancellationToken cancellation)
    {
        if (WasCut)
            return false;
        using var either = CancellationTokenSource.CreateLinkedTokenSource(cancellation, _cut.Token);
        try
        {
            await session.WriteAsync(speech, either.Token);
            return !WasCut;
        }
        catch (OperationCanceledException) when (WasCut && !cancellation.IsCancellationRequested)
        {
            return false;
        }
    }

    public void Dispose()
    {
        if (_disposed)
            return;
        _disposed = true;
        if (!WasCut)
            session.EndTurn();
        floor.Release(this);
    }

    /// <summary>Under the floor's lock. The source is never disposed: it holds no timer, and a writer may still use it.</summary>
    internal void Cut() => _cut.Cancel();
}
