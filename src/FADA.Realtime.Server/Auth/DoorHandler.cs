using FADA.Realtime.Server.Configuration;
using Microsoft.AspNetCore.Authorization;

namespace FADA.Realtime.Server.Auth;

/// <summary>Decides whether a door opens at all; which session a token is for is the session's own question.</summary>
internal sealed class DoorHandler(FadaServerOptions options) : AuthorizationHandler<DoorRequirement>
{
    private readonly bool _open = options.Auth.EffectiveMode == AuthMode.Open;

    protected override Task HandleRequirementAsync(AuthorizationHandlerContext context, DoorRequirement requirement)
    {
        var caller = Caller.Of(context.User);
        if ((_open && requirement.NothingInOpenMode) || caller?.Key is not null || (requirement.TokenWillDo && caller?.Grant is not null))
            context.Succeed(requirement);
        return Task.CompletedTask;
    }
}
