using System.Security.Claims;

namespace FADA.Realtime.Server.Auth;

/// <summary>Who a request is from, where it showed something good: a backend's key or a session's token.</summary>
internal sealed class Caller : ClaimsIdentity
{
    private Caller(string? key, SessionGrant? grant)
        : base(FadaAuthenticationHandler.Scheme) => (Key, Grant) = (key, grant);

    /// <summary>The name of its key.</summary>
    public string? Key { get; }

    /// <summary>What its token says.</summary>
    public SessionGrant? Grant { get; }

    /// <summary>The key's name; null, and no claim, for a token's holder.</summary>
    public override string? Name => Key;

    public static Caller WithKey(string name) => new(name, null);

    public static Caller WithToken(SessionGrant grant) => new(null, grant);

    /// <summary>Null for a request that showed nothing.</summary>
    public static Caller? Of(ClaimsPrincipal user) => user.Identity as Caller;
}
