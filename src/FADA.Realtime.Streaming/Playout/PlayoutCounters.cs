namespace FADA.Realtime.Streaming.Playout;

/// <summary>Written by the playout stage only; read by anyone.</summary>
internal sealed class PlayoutCounters
{
    private long _ticks;
    private long _starvedTicks;
    private long _spokenFrames;
    private long _sinkFailures;

    public long Ticks { get => Volatile.Read(ref _ticks); set => Volatile.Write(ref _ticks, value); }
    public long StarvedTicks { get => Volatile.Read(ref _starvedTicks); set => Volatile.Write(ref _starvedTicks, value); }
    public long SpokenFrames { get => Volatile.Read(ref _spokenFrames); set => Volatile.Write(ref _spokenFrames, value); }
    public long SinkFailures { get => Volatile.Read(ref _sinkFailures); set => Volatile.Write(ref _sinkFailures, value); }
}
