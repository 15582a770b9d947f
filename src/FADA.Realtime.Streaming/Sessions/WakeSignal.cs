using System.Threading.Channels;

namespace FADA.Realtime.Streaming.Sessions;

/// <summary>
/// Tells one waiting stage that something changed. A pulse while it is busy is kept, many pulses are one, so no change
/// is missed and nothing piles up.
/// </summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _pulses = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private long _given;
    private long _seen;

    /// <summary>Whether the stage waits and has seen every pulse: nothing will happen until the next one.</summary>
    public bool Settled => Volatile.Read(ref _seen) == Volatile.Read(ref _given);

    public void Pulse()
    {
        Interlocked.Increment(ref _given);
        _pulses.Writer.TryWrite(true);
    }

    /// <param name="seen">What <see cref="Given"/> was before the stage last looked at the world.</param>
    public ValueTask<bool> WaitAsync(long seen)
    {
        Volatile.Write(ref _seen, seen);
        return _pulses.Reader.ReadAsync();
    }

    /// <summary>Pulses so far.</summary>
    public long Given => Volatile.Read(ref _given);
}
