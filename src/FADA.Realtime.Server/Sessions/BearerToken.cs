using System.Security.Cryptography;
using System.Text;
using FADA.Realtime.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace FADA.Realtime.Server.Sessions;

/// <summary>The secret that lets viewers and microphones into one session.</summary>
internal sealed class BearerToken
{
    private const string Scheme = "Bearer ";

    private readonly byte[] _hash;

    private BearerToken(string value)
    {
        Value = value;
        _hash = SHA256.HashData(Encoding.UTF8.GetBytes(value));
    }

    public string Value { get; }

    public static BearerToken Create() => new(RandomNumberGenerator.GetHexString(64, lowercase: true));

    /// <exception cref="FadaException">TOKEN_MISSING or TOKEN_WRONG.</exception>
    public void Check(HttpRequest request)
    {
        var header = request.Headers.Authorization.ToString();
        if (!header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header.Length == Scheme.Length)
            throw Refusals.TokenMissing();
        // Hashes of one length, compared in constant time: the answer tells nothing about the token.
        var given = SHA256.HashData(Encoding.UTF8.GetBytes(header[Scheme.Length..].Trim()));
        if (!CryptographicOperations.FixedTimeEquals(given, _hash))
            throw Refusals.TokenWrong();
    }
}
