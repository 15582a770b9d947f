using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using FADA.Realtime.Server.Configuration;

namespace FADA.Realtime.Server.Auth;

/// <summary>A backend's key. Random enough (256 bits) that its plain SHA-256 tells nothing about it.</summary>
/// <param name="Name">Of the backend, for configuration and log.</param>
/// <param name="Value">The secret, told once.</param>
/// <param name="Hash">What the configuration keeps.</param>
public sealed partial record ApiKey(string Name, string Value, string Hash)
{
    /// <summary>Every key begins so: the server knows keys from tokens by it, and so do scanners for leaked secrets.</summary>
    public const string Prefix = "fada_";

    private const int SecretBytes = 32;
    private static readonly int Length = Prefix.Length + Base64Url.GetEncodedLength(SecretBytes);

    /// <exception cref="FadaConfigurationException">The name will not do.</exception>
    public static ApiKey Create(string name)
    {
        if (!IsName(name))
            throw new FadaConfigurationException($"A key's name must be 1 to 64 letters, digits and single _, beginning with a letter, not '{name}'.");
        var value = Prefix + Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes));
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        TryHash(value, hash);
        return new ApiKey(name, value, Convert.ToHexStringLower(hash));
    }

    /// <summary>Whether a key may have this name: one that an environment variable can carry.</summary>
    public static bool IsName(string name) => name.Length <= 64 && Names().IsMatch(name);

    /// <summary>Without the secret: a record would print it.</summary>
    public override string ToString() => $"{nameof(ApiKey)} {Name}";

    internal static bool IsHash(string text) => text.Length == 2 * SHA256.HashSizeInBytes && text.All(char.IsAsciiHexDigit);

    /// <summary>False for what cannot be a key at all.</summary>
    internal static bool TryHash(ReadOnlySpan<char> value, Span<byte> hash)
    {
        Span<byte> bytes = stackalloc byte[Length];
        if (value.Length != Length || !Encoding.ASCII.TryGetBytes(value, bytes, out _))
            return false;
        SHA256.HashData(bytes, hash);
        CryptographicOperations.ZeroMemory(bytes);
        return true;
    }

    [GeneratedRegex("^[A-Za-z](_?[A-Za-z0-9])*$")]
    private static partial Regex Names();
}
