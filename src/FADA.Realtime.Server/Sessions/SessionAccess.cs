using FADA.Realtime.Server.Errors;
using Microsoft.AspNetCore.Http;

namespace FADA.Realtime.Server.Sessions;

internal static class SessionAccess
{
    /// <summary>The session of an HTTP request, if the request may touch it.</summary>
    /// <exception cref="FadaException">SESSION_NOT_FOUND, TOKEN_MISSING or TOKEN_WRONG.</exception>
    public static LiveSession GetWithToken(this SessionRegistry registry, string id, HttpRequest request)
    {
        var session = registry.Get(id);
        session.Token.Check(request);
        return session;
    }
}
