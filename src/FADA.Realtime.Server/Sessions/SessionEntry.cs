namespace FADA.Realtime.Server.Sessions;

/// <summary>A session's place in the registry.</summary>
internal sealed class SessionEntry(LiveSession session, string key, long made)
{
    public LiveSession Session { get; } = session;

    /// <summary>The idempotency key; empty for none.</summary>
    public string Key { get; } = key;

    /// <summary>Timestamp of the registry's clock.</summary>
    public long Made { get; } = made;

    /// <summary>Completes when the session is live, faults when it could not be made.</summary>
    public Task Started { get; set; } = Task.CompletedTask;

    public bool Closing { get; set; }
}
