using System.Threading.Channels;
using FADA.Realtime.Server.Telemetry;
using FADA.Realtime.V1;

namespace FADA.Realtime.Server.Sessions;

/// <summary>
/// One reader of a session's events. Numbered when they happen, so that a reader who was too slow sees the gap; the
/// oldest are dropped.
/// </summary>
internal sealed class EventSubscription : IDisposable
{
    private const int Capacity = 256;

    private readonly Channel<ConverseEvent> _channel;
    private readonly Lock _numbering = new();
    private readonly EventHub _hub;
    private ulong _seq;

    public EventSubscription(EventHub hub, ServerMetrics metrics)
    {
        _hub = hub;
        _channel = Channel.CreateBounded<ConverseEvent>(
            new BoundedChannelOptions(Capacity) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true },
            _ => metrics.EventDropped());
    }

    public ChannelReader<ConverseEvent> Events => _channel.Reader;

    /// <summary>Adds an event for this reader alone; the event is copied.</summary>
    public void Tell(ConverseEvent happened)
    {
        var copy = happened.Clone();
        lock (_numbering)
        {
            copy.Seq = ++_seq;
            _channel.Writer.TryWrite(copy);
        }
    }

    public void Complete() => _channel.Writer.TryComplete();

    public void Dispose()
    {
        _hub.Leave(this);
        Complete();
    }
}
