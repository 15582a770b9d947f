using System.Globalization;

namespace FADA.Realtime.Server.Auth;

/// <summary>What a token says, once its signature was found good.</summary>
internal readonly record struct SessionGrant(UInt128 Session, SessionRole Role, DateTimeOffset Expires)
{
    public bool IsFor(string session) => TryId(session, out var id) && id == Session;

    /// <summary>Session ids are 128 bits as 32 hexadecimal digits.</summary>
    public static bool TryId(string session, out UInt128 id)
    {
        id = default;
        return session.Length == 32 && UInt128.TryParse(session, NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture, out id);
    }
}
