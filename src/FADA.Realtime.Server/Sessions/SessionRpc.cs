using FADA.Realtime.Server.Conversation;
using FADA.Realtime.V1;
using Grpc.Core;

namespace FADA.Realtime.Server.Sessions;

/// <summary>The gRPC service of sessions.</summary>
internal sealed class SessionRpc(SessionRegistry registry, ConverseService conversations) : SessionService.SessionServiceBase
{
    public override async Task<Session> Create(CreateSessionRequest request, ServerCallContext context)
    {
        var session = await registry.CreateAsync(request.Avatar, request.IdempotencyKey, context.CancellationToken);
        var told = Tell(session);
        told.Token = session.Token.Value;
        return told;
    }

    public override Task<Session> Get(GetSessionRequest request, ServerCallContext context) =>
        Task.FromResult(Tell(registry.Get(request.Id)));

    public override Task<ListSessionsResponse> List(ListSessionsRequest request, ServerCallContext context) =>
        Task.FromResult(new ListSessionsResponse { Sessions = { registry.List().Select(Tell) } });

    public override async Task<CloseSessionResponse> Close(CloseSessionRequest request, ServerCallContext context)
    {
        await registry.CloseAsync(registry.Get(request.Id));
        return new CloseSessionResponse();
    }

    public override Task Converse(
        IAsyncStreamReader<ConverseRequest> requestStream, IServerStreamWriter<ConverseEvent> responseStream, ServerCallContext context) =>
        conversations.RunAsync(requestStream, responseStream, context.CancellationToken);

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
