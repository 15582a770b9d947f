using FADA.Realtime.Server.Configuration;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Authorization;
using Microsoft.Extensions.DependencyInjection;

namespace FADA.Realtime.Server.Auth;

/// <summary>The policies of this server's endpoints, and what makes them work.</summary>
internal static class Doors
{
    /// <summary>A backend's: needs a key, nothing in open mode. Also of every endpoint that names no policy.</summary>
    public const string Backend = nameof(Backend);

    /// <summary>One session's: needs its token or a key, in every mode.</summary>
    public const string Session = nameof(Session);

    /// <summary>One session's as gRPC has it: its token or a key, nothing in open mode.</summary>
    public const string Conversation = nameof(Conversation);

    public static void AddDoors(this IServiceCollection services)
    {
        // The core only: the whole of it brings data protection, which keeps keys in the user's home that nothing here needs.
        services.AddAuthenticationCore(authentication =>
        {
            authentication.DefaultScheme = FadaAuthenticationHandler.Scheme;
            authentication.AddScheme<FadaAuthenticationHandler>(FadaAuthenticationHandler.Scheme, displayName: null);
        });
        services.AddWebEncoders();
        services.AddTransient<FadaAuthenticationHandler>();
        services.AddSingleton<KeyRing>();
        services.AddSingleton<SessionTokens>();
        services.AddSingleton<IAuthorizationHandler, DoorHandler>();
        services.AddAuthorization(authorization =>
        {
            var backend = Policy(new DoorRequirement(NothingInOpenMode: true, TokenWillDo: false));
            authorization.AddPolicy(Backend, backend);
            authorization.AddPolicy(Session, Policy(new DoorRequirement(NothingInOpenMode: false, TokenWillDo: true)));
            authorization.AddPolicy(Conversation, Policy(new DoorRequirement(NothingInOpenMode: true, TokenWillDo: true)));
            authorization.FallbackPolicy = backend;
        });
    }

    private static AuthorizationPolicy Policy(DoorRequirement requirement) => new([requirement], []);
}
