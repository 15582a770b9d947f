using FADA.Realtime.Server.Telemetry;
using FADA.Realtime.V1;

namespace FADA.Realtime.Server.Sessions;

/// <summary>Tells a session's events to everyone who listens.</summary>
internal sealed class EventHub(ServerMetrics metrics)
{
    private readonly Lock _lock = new();
    private readonly List<EventSubscription> _subscriptions = [];
    private ConverseEvent? _ready;
    private bool _closed;

    /// <summary>Starts with Ready where the session is that already; ends when the session does.</summary>
    public EventSubscription Subscribe()
    {
        var subscription = new EventSubscription(this, metrics);
        lock (_lock)
        {
            if (_ready is not null)
                subscription.Tell(_ready);
            if (_closed)
                subscription.Complete();
            else
                _subscriptions.Add(subscription);
        }

        return subscription;
    }

    public void Tell(ConverseEvent happened)
    {
        lock (_lock)
        {
            if (happened.EventCase == ConverseEvent.EventOneofCase.Ready)
                _ready = happened;
            foreach (var subscription in _subscriptions)
                subscription.Tell(happened);
        }
    }

    public void Close()
    {
        lock (_lock)
        {
            _closed = true;
            foreach (var subscription in _subscriptions)
                subscription.Complete();
            _subscriptions.Clear();
        }
    }

    internal void Leave(EventSubscription subscription)
    {
        lock (_lock)
        {
            _subscriptions.Remove(subscription);
        }
    }
}
