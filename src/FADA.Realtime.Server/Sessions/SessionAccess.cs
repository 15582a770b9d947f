using System.Security.Claims;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Errors;

namespace FADA.Realtime.Server.Sessions;

internal static class SessionAccess
{
    /// <summary>The session of a request that has passed its door, if what it showed is good for this session and this use.</summary>
    /// <param name="role">What the request wants to be; none where any holder of a token may.</param>
    /// <exception cref="FadaException">SESSION_NOT_FOUND, TOKEN_WRONG or TOKEN_ROLE.</exception>
    public static LiveSession Enter(this SessionRegistry registry, string id, ClaimsPrincipal user, SessionRole role)
    {
        var session = registry.Get(id);
        // A key opens every session, and in open mode a gRPC call shows nothing.
        if (Caller.Of(user)?.Grant is not { } grant)
            return session;
        if (!grant.IsFor(id))
            throw Refusals.TokenWrong();
        return (grant.Role & role) == role ? session : throw Refusals.TokenRole(role);
    }
}
