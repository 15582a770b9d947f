using System.Buffers;
using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using FADA.Realtime.Server.Configuration;

namespace FADA.Realtime.Server.Auth;

/// <summary>
/// Signs and reads the tokens of sessions: version, role, expiry (Unix seconds), session id, and HMAC-SHA256 (RFC 2104)
/// of those, as base64url. Nothing is kept: what is signed is believed until it expires.
/// </summary>
internal sealed class SessionTokens(FadaServerOptions options, TimeProvider time)
{
    private const byte Version = 1;
    private const int Expiry = 2;
    private const int Session = 10;
    private const int Payload = 26;
    private const int Total = Payload + HMACSHA256.HashSizeInBytes;
    private static readonly int Characters = Base64Url.GetEncodedLength(Total);

    private readonly byte[] _secret = options.Auth.TokenSecret.Length == 0
        ? RandomNumberGenerator.GetBytes(HMACSHA256.HashSizeInBytes)
        : Convert.FromBase64String(options.Auth.TokenSecret);

    /// <param name="session">Its id.</param>
    /// <returns>The token, and when it ends.</returns>
    public (string Token, DateTimeOffset Expires) Issue(string session, SessionRole role)
    {
        if (!SessionGrant.TryId(session, out var id))
            throw new ArgumentException("A session id has 32 hexadecimal digits.", nameof(session));
        // Whole seconds: what is told about the end is what is signed.
        var expires = DateTimeOffset.FromUnixTimeSeconds((time.GetUtcNow() + options.Auth.TokenLifetime).ToUnixTimeSeconds());
        Span<byte> bytes = stackalloc byte[Total];
        bytes[0] = Version;
        bytes[1] = (byte)role;
        BinaryPrimitives.WriteInt64BigEndian(bytes[Expiry..], expires.ToUnixTimeSeconds());
        BinaryPrimitives.WriteUInt128BigEndian(bytes[Session..], id);
        HMACSHA256.HashData(_secret, bytes[..Payload], bytes[Payload..]);
        return (Base64Url.EncodeToString(bytes), expires);
    }

    /// <summary>Allocates nothing: every request to a session passes here, hostile ones too.</summary>
    /// <param name="grant">Meaningful for <see cref="TokenVerdict.Good"/> only.</param>
    public TokenVerdict Read(ReadOnlySpan<char> token, out SessionGrant grant)
    {
        grant = default;
        Span<byte> bytes = stackalloc byte[Total];
        if (token.Length != Characters || Base64Url.DecodeFromChars(token, bytes, out _, out var written) != OperationStatus.Done || written != Total)
            return TokenVerdict.Wrong;
        Span<byte> signature = stackalloc byte[HMACSHA256.HashSizeInBytes];
        HMACSHA256.HashData(_secret, bytes[..Payload], signature);
        // Before anything of it is believed, and in constant time: the answer tells nothing about the signature.
        if (!CryptographicOperations.FixedTimeEquals(signature, bytes[Payload..]) || bytes[0] != Version)
            return TokenVerdict.Wrong;
        grant = new SessionGrant(
            BinaryPrimitives.ReadUInt128BigEndian(bytes[Session..]),
            (SessionRole)bytes[1],
            DateTimeOffset.FromUnixTimeSeconds(BinaryPrimitives.ReadInt64BigEndian(bytes[Expiry..])));
        return time.GetUtcNow() < grant.Expires ? TokenVerdict.Good : TokenVerdict.Expired;
    }
}
