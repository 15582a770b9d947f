namespace FADA.Realtime.Streaming.Animation;

/// <summary>Prepared avatars by name, counted by use; unused ones are kept up to a bound, the longest unused goes first.</summary>
internal sealed class PreparedAvatars(int kept) : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Dictionary<string, Entry> _entries = [];
    private long _clock;

    /// <summary>The avatar, made at first use; others wait for the one that is being made. Pair with <see cref="Return"/>.</summary>
    public PreparedAvatar Rent(string name, Func<PreparedAvatar> make)
    {
        Entry entry;
        lock (_gate)
        {
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
            foreach (var (key, old) in unused.Take(Math.Max(0, unused.Count - kept)))
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

    public void Dispose()
    {
        lock (_gate)
        {
            foreach (var (key, entry) in _entries.ToList())
                Remove(key, entry);
        }
    }

    private void Remove(string key, Entry entry)
    {
        _entries.Remove(key);
        if (entry.Avatar.IsValueCreated)
            entry.Avatar.Value.Dispose();
    }

    private sealed class Entry(Func<PreparedAvatar> make)
    {
        public Lazy<PreparedAvatar> Avatar { get; } = new(make);
        public int Users { get; set; }
        public long LastUse { get; set; }
    }
}
