using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace FADA.Realtime.Streaming.Sessions;

/// <summary>
/// Tells one waiting stage that something changed. A pulse while it is busy is kept, many pulses are one, so no change
/// is missed and nothing piles up; a pulse for something the stage has already looked at does not wake it again.
/// </summary>
internal sealed class WakeSignal
{
    private readonly Channel<bool> _pulses = Channel.CreateBounded<bool>(
        new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });

    private long _given;
    private long _seen = -1; // the stage has not looked yet

    /// <summary>Whether the stage waits and has seen every pulse: it does nothing at all until the next one.</summary>
    public bool Settled => Volatile.Read(ref _seen) == Volatile.Read(ref _given);

    public void Pulse()
    {
        Interlocked.Increment(ref _given);
        _pulses.Writer.TryWrite(true);
    }

    /// <summary>Waits for a pulse that the stage has not seen.</summary>
    /// <param name="seen">What <see cref="Given"/> was before the stage last looked at the world.</param>
    [AsyncMethodBuilder(typeof(PoolingAsyncValueTaskMethodBuilder))]
    public async ValueTask WaitAsync(long seen)
    {
        Volatile.Write(ref _seen, seen);
        // A pulse given while the stage was busy, and seen by it, may still lie in the channel.
        while (Given == seen)
            await _pulses.Reader.ReadAsync().ConfigureAwait(false);
    }

    /// <summary>Pulses so far.</summary>
    public long Given => Volatile.Read(ref _given);
}
