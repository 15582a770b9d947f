using System.Security.Cryptography;
using FADA.Realtime.Server.Configuration;

namespace FADA.Realtime.Server.Auth;

/// <summary>The keys that this server takes.</summary>
internal sealed class KeyRing(FadaServerOptions options)
{
    private readonly (string Name, byte[] Hash)[] _keys = [.. options.Auth.Keys.Select(k => (k.Key, Convert.FromHexString(k.Value)))];

    /// <returns>The key's name; null for a key that is not ours.</returns>
    public string? Find(ReadOnlySpan<char> value)
    {
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        if (!ApiKey.TryHash(value, hash))
            return null;
        string? found = null;
        // All of them, each in constant time: how long it takes tells nothing about the keys.
        foreach (var (name, known) in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known, hash))
                found = name;
        }

        return found;
    }
}
