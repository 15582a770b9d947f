using System.Security.Cryptography;
using FADA.Realtime.Server.Auditing;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Telemetry;
using FADA.Realtime.Streaming.Animation;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Sessions;

/// <summary>The live sessions of this server: bounded in number, closed when nobody uses them.</summary>
internal sealed class SessionRegistry(
    FadaServerOptions options,
    IAvatarCatalog catalog,
    SessionEngine engine,
    ServerMetrics metrics,
    Audit audit,
    TimeProvider time,
    ILogger<LiveSession> logger) : IAsyncDisposable
{
    /// <summary>For how long an idempotency key is remembered.</summary>
    private static readonly TimeSpan KeyLifetime = TimeSpan.FromMinutes(10);

    private readonly Lock _lock = new();
    private readonly Dictionary<string, SessionEntry> _sessions = [];
    private bool _draining;

    /// <summary>Brings an avatar to life, or finds the session that the same key made before.</summary>
    /// <param name="avatar">Empty: the default one.</param>
    /// <param name="key">Empty: none. Keys of different callers are different keys.</param>
    /// <exception cref="FadaException">SESSIONS_FULL, IDEMPOTENCY_KEY_REUSED, DRAINING.</exception>
    /// <exception cref="AvatarException">The avatar or the model is missing.</exception>
    public async Task<LiveSession> CreateAsync(string avatar, string key, Actor by, CancellationToken cancellation)
    {
        var info = avatar.Length > 0
            ? catalog.Get(avatar)
            : catalog.List().FirstOrDefault() ?? throw new AvatarException(AvatarFault.AvatarNotFound, "This server has no avatar yet; add one first.");
        var (entry, made) = Admit(info, key.Length == 0 ? "" : $"{by.Key}/{key}", by);
        try
        {
            await entry.Started.WaitAsync(cancellation);
            return entry.Session;
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested && made && key.Length == 0)
        {
            // Whoever asked is gone, and nobody else can know this session.
            await CloseAsync(entry.Session, by);
            throw;
        }
    }

    /// <summary>Whether the server is about to stop.</summary>
    public bool Draining => Volatile.Read(ref _draining);

    /// <summary>From now on no session is made, and nothing new is begun in those that live.</summary>
    public void BeginDrain()
    {
        lock (_lock)
        {
            _draining = true;
        }
    }

    /// <summary>For whoever wants to begin something in a session.</summary>
    /// <exception cref="FadaException">DRAINING.</exception>
    public void RefuseWhenDraining()
    {
        if (Draining)
            throw Refusals.Draining();
    }

    /// <exception cref="FadaException">SESSION_NOT_FOUND.</exception>
    public LiveSession Get(string id)
    {
        lock (_lock)
        {
            return _sessions.TryGetValue(id, out var entry) ? entry.Session : throw Refusals.SessionNotFound(id);
        }
    }

    public IReadOnlyList<LiveSession> List()
    {
        lock (_lock)
        {
            return [.. _sessions.Values.Select(e => e.Session)];
        }
    }

    /// <summary>Closes a session and frees everything of it.</summary>
    /// <param name="by">Null: nobody asked for it.</param>
    public async Task CloseAsync(LiveSession session, Actor? by = null)
    {
        lock (_lock)
        {
            if (!_sessions.TryGetValue(session.Id, out var entry) || entry.Closing)
                return;
            // Its place stays taken until everything is freed.
            entry.Closing = true;
        }

        audit.SessionClosed(by ?? Actor.Server, session.Id);
        await FreeAsync(session.Id);
    }

    /// <summary>Closes the sessions that nobody has used for the idle timeout.</summary>
    /// <returns>How many.</returns>
    public async Task<int> ReapAsync()
    {
        var unused = List().Where(s => s.Unused >= options.IdleTimeout).ToList();
        foreach (var session in unused)
            await CloseAsync(session);
        return unused.Count;
    }

    /// <summary>Closes all sessions; no new ones are made.</summary>
    public async ValueTask DisposeAsync()
    {
        BeginDrain();
        await Task.WhenAll(List().Select(s => CloseAsync(s)));
    }

    private (SessionEntry Entry, bool Made) Admit(AvatarInfo avatar, string key, Actor by)
    {
        lock (_lock)
        {
            RefuseWhenDraining();
            var known = key.Length == 0 ? null : _sessions.Values.FirstOrDefault(
                e => e.Key == key && !e.Closing && time.GetElapsedTime(e.Made) < KeyLifetime);
            if (known is not null)
                return known.Session.Avatar.Name == avatar.Name ? (known, false) : throw Refusals.KeyReused();
            if (_sessions.Count >= options.MaxSessions)
                throw Refusals.SessionsFull(options.MaxSessions);

            var session = new LiveSession(RandomNumberGenerator.GetHexString(32, lowercase: true), avatar, metrics, time, logger);
            var entry = new SessionEntry(session, key, time.GetTimestamp());
            _sessions.Add(session.Id, entry);
            // A session lives longer than the request that made it: nothing of it belongs to that request's trace.
            using (ExecutionContext.SuppressFlow())
                entry.Started = Task.Run(() => StartAsync(entry, by));
            return (entry, true);
        }
    }

    private async Task StartAsync(SessionEntry entry, Actor by)
    {
        try
        {
            await entry.Session.StartAsync(engine);
            audit.SessionCreated(by, entry.Session.Id, entry.Session.Avatar.Name);
        }
        catch
        {
            Remove(entry.Session.Id);
            await entry.Session.DisposeAsync();
            throw;
        }
    }

    private async Task FreeAsync(string id)
    {
        SessionEntry? entry;
        lock (_lock)
        {
            entry = _sessions.GetValueOrDefault(id);
        }

        if (entry is null)
            return;
        try
        {
            // A session that is still starting is closed once it has.
            await entry.Started.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            await entry.Session.DisposeAsync();
        }
        finally
        {
            Remove(id);
        }
    }

    private void Remove(string id)
    {
        lock (_lock)
        {
            _sessions.Remove(id);
        }
    }
}
