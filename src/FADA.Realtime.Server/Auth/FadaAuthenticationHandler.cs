using System.Text.Encodings.Web;
using FADA.Realtime.Server.Errors;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace FADA.Realtime.Server.Auth;

/// <summary>Reads <c>Authorization: Bearer</c>, a key or a token, of HTTP requests and gRPC calls alike.</summary>
internal sealed class FadaAuthenticationHandler(
    IOptionsMonitor<AuthenticationSchemeOptions> options, ILoggerFactory logger, UrlEncoder encoder, KeyRing keys, SessionTokens tokens)
    : AuthenticationHandler<AuthenticationSchemeOptions>(options, logger, encoder)
{
    public new const string Scheme = "Bearer";

    protected override Task<AuthenticateResult> HandleAuthenticateAsync() => Task.FromResult(Authenticate());

    // Thrown, not written: the one place that tells errors knows how each kind of client is told.
    protected override async Task HandleChallengeAsync(AuthenticationProperties properties)
    {
        var result = await HandleAuthenticateOnceSafeAsync();
        throw result.Failure as FadaException ?? (WantsToken() ? Refusals.TokenMissing() : Refusals.KeyMissing());
    }

    protected override Task HandleForbiddenAsync(AuthenticationProperties properties) => throw Refusals.KeyNeeded();

    private AuthenticateResult Authenticate()
    {
        var header = Request.Headers.Authorization.ToString().AsSpan().Trim();
        if (header.Length <= Scheme.Length || !header.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) || header[Scheme.Length] != ' ')
            return AuthenticateResult.NoResult();
        var credential = header[Scheme.Length..].Trim();
        if (credential.StartsWith(ApiKey.Prefix))
            return keys.Find(credential) is { } name ? Good(Caller.WithKey(name)) : AuthenticateResult.Fail(Refusals.KeyWrong());
        return tokens.Read(credential, out var grant) switch
        {
            TokenVerdict.Good => Good(Caller.WithToken(grant)),
            TokenVerdict.Expired => AuthenticateResult.Fail(Refusals.TokenExpired()),
            _ => AuthenticateResult.Fail(Refusals.TokenWrong()),
        };
    }

    private static AuthenticateResult Good(Caller caller) =>
        AuthenticateResult.Success(new AuthenticationTicket(new System.Security.Claims.ClaimsPrincipal(caller), Scheme));

    private bool WantsToken() =>
        Context.GetEndpoint()?.Metadata.GetMetadata<IAuthorizeData>()?.Policy is Doors.Session;
}
