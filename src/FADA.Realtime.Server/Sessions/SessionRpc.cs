using FADA.Realtime.Server.Auditing;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Conversation;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Limits;
using FADA.Realtime.V1;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.RateLimiting;

namespace FADA.Realtime.Server.Sessions;

/// <summary>The gRPC service of sessions.</summary>
internal sealed class SessionRpc(SessionRegistry registry, SessionTokens tokens, ConverseService conversations, Audit audit) : SessionService.SessionServiceBase
{
    [Authorize(Doors.Backend), EnableRateLimiting(RateLimits.Sessions)]
    public override async Task<Session> Create(CreateSessionRequest request, ServerCallContext context)
    {
        var session = await registry.CreateAsync(request.Avatar, request.IdempotencyKey, Actor.Of(context.GetHttpContext()), context.CancellationToken);
        var told = Tell(session);
        (told.Token, var expires) = tokens.Issue(session.Id, SessionRole.Both);
        told.TokenExpires = expires.ToTimestamp();
        return told;
    }

    [Authorize(Doors.Backend)]
    public override Task<SessionToken> IssueToken(IssueTokenRequest request, ServerCallContext context)
    {
        var role = request.Role switch
        {
            TokenRole.Viewer => SessionRole.Viewer,
            TokenRole.Microphone => SessionRole.Microphone,
            TokenRole.Both or TokenRole.Unspecified => SessionRole.Both,
            _ => throw Refusals.Invalid("ROLE_UNKNOWN", "role", $"The role {(int)request.Role} is not one that this server knows."),
        };
        var (token, expires) = tokens.Issue(registry.Get(request.SessionId).Id, role);
        audit.TokenIssued(Actor.Of(context.GetHttpContext()), request.SessionId, role);
        return Task.FromResult(new SessionToken { Token = token, Expires = expires.ToTimestamp() });
    }

    [Authorize(Doors.Conversation)]
    public override Task<Session> Get(GetSessionRequest request, ServerCallContext context) =>
        Task.FromResult(Tell(registry.Enter(request.Id, context.GetHttpContext().User, SessionRole.None)));

    [Authorize(Doors.Backend)]
    public override Task<ListSessionsResponse> List(ListSessionsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListSessionsResponse { Sessions = { registry.List().Select(Tell) } });

    [Authorize(Doors.Conversation)]
    public override async Task<CloseSessionResponse> Close(CloseSessionRequest request, ServerCallContext context)
    {
        await registry.CloseAsync(registry.Enter(request.Id, context.GetHttpContext().User, SessionRole.Both), Actor.Of(context.GetHttpContext()));
        return new CloseSessionResponse();
    }

    [Authorize(Doors.Conversation)]
    public override Task Converse(
        IAsyncStreamReader<ConverseRequest> requestStream, IServerStreamWriter<ConverseEvent> responseStream, ServerCallContext context) =>
        conversations.RunAsync(requestStream, responseStream, context.GetHttpContext().User, context.CancellationToken);

    private static Session Tell(LiveSession session) => new()
    {
        Id = session.Id,
        Avatar = session.Avatar.Name,
        WhepUrl = $"/whep/{session.Id}",
        WhipUrl = $"/whip/{session.Id}",
        Viewers = session.Viewers,
        Speaking = session.Speaking,
    };
}
