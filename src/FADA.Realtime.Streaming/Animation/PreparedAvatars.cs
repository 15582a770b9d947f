namespace FADA.Realtime.Streaming.Animation;

/// <summary>Prepared avatars by name, counted by use; unused ones are kept up to a bound, the longest unused goes first.</summary>
internal sealed class PreparedAvatars<T>(int kept) : IDisposable
    where T : class, IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private long _clock;
    private bool _disposed;

    /// <summary>The avatar, made at first use; others wait for the one that is being made. Pair with <see cref="Return"/>.</summary>
    public T Rent(string name, Func<T> make)
    {
        Entry entry;
        lock (_gate)
        {
            ObjectDisposedException.ThrowIf(_disposed, this);
            if (!_entries.TryGetValue(name, out entry!))
                _entries[name] = entry = new Entry(make);
            entry.Users++;
        }
        try
        {
            return entry.Avatar.Value;
        }
        catch
        {
            lock (_gate)
            {
                if (--entry.Users == 0 && _entries.GetValueOrDefault(name) == entry)
                    _entries.Remove(name);
            }
            throw;
        }
    }

    public void Return(string name)
    {
        lock (_gate)
        {
            var entry = _entries[name];
            entry.Users--;
            entry.LastUse = ++_clock;
            var unused = _entries.Where(e => e.Value.Users == 0).OrderBy(e => e.Value.LastUse).ToList();
            foreach (var (key, old) in unused.Take(Math.Max(0, unused.Count - (_disposed ? 0 : kept))))
                Remove(key, old);
        }
    }

    /// <summary>Forgets an avatar; false where a session uses it.</summary>
    public bool Evict(string name)
    {
        lock (_gate)
        {
            if (!_entries.TryGetValue(name, out var entry))
                return true;
            if (entry.Users > 0)
                return false;
            Remove(name, entry);
            return true;
        }
    }

    /// <summary>Frees what nobody uses; the rest goes when it is returned.</summary>
    public void Dispose()
    {
        lock (_gate)
        {
            _disposed = true;
            foreach (var (key, entry) in _entries.Where(e => e.Value.Users == 0).ToList())
                Remove(key, entry);
        }
    }

    private void Remove(string key, Entry entry)
    {
        _entries.Remove(key);
        if (entry.Avatar.IsValueCreated)
            entry.Avatar.Value.Dispose();
    }

    private sealed class Entry(Func<T> make)
    {
        public Lazy<T> Avatar { get; } = new(make);
        public int Users { get; set; }
        public long LastUse { get; set; }
    }
}
