using FADA.Realtime.Server.Auditing;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Limits;
using FADA.Realtime.Streaming.Animation;
using FADA.Realtime.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace FADA.Realtime.Server.Avatars;

/// <summary>The gRPC service of avatars.</summary>
[Authorize(Doors.Backend)]
internal sealed class AvatarRpc(IAvatarCatalog catalog, FadaServerOptions options, Audit audit) : AvatarService.AvatarServiceBase
{
    [EnableRateLimiting(RateLimits.Avatars)]
    public override async Task<Avatar> Create(CreateAvatarRequest request, ServerCallContext context)
    {
        if (request.Portrait.Length > options.MaxPortraitBytes)
            throw Refusals.ImageTooLarge(options.MaxPortraitBytes);
        var avatar = await catalog.CreateAsync(request.Portrait.Memory, request.Name, request.Consent, context.CancellationToken);
        audit.AvatarCreated(Actor.Of(context.GetHttpContext()), avatar.Name, avatar.Consent);
        return Tell(avatar);
    }

    public override Task<Avatar> Get(GetAvatarRequest request, ServerCallContext context) =>
        Task.FromResult(Tell(catalog.Get(request.Name)));

    public override Task<ListAvatarsResponse> List(ListAvatarsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListAvatarsResponse { Avatars = { catalog.List().Select(Tell) } });

    public override Task<DeleteAvatarResponse> Delete(DeleteAvatarRequest request, ServerCallContext context)
    {
        catalog.Delete(request.Name);
        audit.AvatarDeleted(Actor.Of(context.GetHttpContext()), request.Name);
        return Task.FromResult(new DeleteAvatarResponse());
    }

    private static Avatar Tell(AvatarInfo avatar) => new()
    {
        Name = avatar.Name,
        Source = avatar.Source,
        Consent = avatar.Consent,
        Width = avatar.Width,
        Height = avatar.Height,
    };
}
