using FADA.Realtime.V1;
using Google.Protobuf;
using Grpc.Core;
using Grpc.Core.Interceptors;
using Grpc.Net.Client;

namespace FADA.Realtime.Client;

/// <summary>Talks to a FADA.Realtime server over gRPC. Safe for use from many threads.</summary>
/// <remarks>Every call throws <see cref="FadaClientException"/> where the server refuses or cannot be reached.</remarks>
public sealed class FadaClient : IDisposable
{
    private readonly GrpcChannel _channel;
    private readonly AvatarService.AvatarServiceClient _avatars;
    private readonly SessionService.SessionServiceClient _sessions;
    private readonly TimeProvider _time;

    /// <param name="address">Of the server's gRPC port, such as <c>http://127.0.0.1:8788</c>.</param>
    /// <param name="time">Paces speech; the system's clock where null.</param>
    /// <param name="key">The backend's key (<c>fada_...</c>), or the token of the one session that this client speaks in;
    /// null where the server wants none. It travels in clear unless the address is https.</param>
    public FadaClient(Uri address, TimeProvider? time = null, string? key = null)
    {
        _channel = GrpcChannel.ForAddress(address, new GrpcChannelOptions { MaxReceiveMessageSize = 4 << 20 });
        // Metadata rather than call credentials, which gRPC drops without a word where there is no TLS.
        var calls = key is null ? _channel.CreateCallInvoker() : _channel.Intercept(metadata =>
        {
            metadata.Add("authorization", $"Bearer {key}");
            return metadata;
        });
        _avatars = new AvatarService.AvatarServiceClient(calls);
        _sessions = new SessionService.SessionServiceClient(calls);
        _time = time ?? TimeProvider.System;
    }

    /// <summary>How long a call other than a conversation may take.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>All avatars, the default one first.</summary>
    public async Task<IReadOnlyList<Avatar>> ListAvatarsAsync(CancellationToken cancellation = default) =>
        (await CallAsync(_avatars.ListAsync(new ListAvatarsRequest(), Options(cancellation)))).Avatars;

    /// <param name="portrait">PNG, JPEG or WebP with exactly one face.</param>
    /// <param name="name">[a-z0-9-]{1,64}.</param>
    /// <param name="consent">Who agreed to the use of this face.</param>
    public Task<Avatar> CreateAvatarAsync(ReadOnlyMemory<byte> portrait, string name, string consent, CancellationToken cancellation = default) =>
        CallAsync(_avatars.CreateAsync(
            new CreateAvatarRequest { Portrait = UnsafeByteOperations.UnsafeWrap(portrait), Name = name, Consent = consent }, Options(cancellation)));

    public Task DeleteAvatarAsync(string name, CancellationToken cancellation = default) =>
        CallAsync(_avatars.DeleteAsync(new DeleteAvatarRequest { Name = name }, Options(cancellation)));

    /// <summary>Brings a face to life. The answer's token is for its viewers until it expires; <see cref="IssueTokenAsync"/> makes others.</summary>
    /// <param name="avatar">Null: the default one.</param>
    /// <param name="idempotencyKey">The same key within ten minutes gives the same session.</param>
    public Task<Session> CreateSessionAsync(string? avatar = null, string? idempotencyKey = null, CancellationToken cancellation = default) =>
        CallAsync(_sessions.CreateAsync(
            new CreateSessionRequest { Avatar = avatar ?? "", IdempotencyKey = idempotencyKey ?? "" }, Options(cancellation)));

    public Task<Session> GetSessionAsync(string id, CancellationToken cancellation = default) =>
        CallAsync(_sessions.GetAsync(new GetSessionRequest { Id = id }, Options(cancellation)));

    public async Task<IReadOnlyList<Session>> ListSessionsAsync(CancellationToken cancellation = default) =>
        (await CallAsync(_sessions.ListAsync(new ListSessionsRequest(), Options(cancellation)))).Sessions;

    /// <summary>A token for a viewer or a microphone alone, or for a session that outlives its first token.</summary>
    public Task<SessionToken> IssueTokenAsync(string sessionId, TokenRole role, CancellationToken cancellation = default) =>
        CallAsync(_sessions.IssueTokenAsync(new IssueTokenRequest { SessionId = sessionId, Role = role }, Options(cancellation)));

    public Task CloseSessionAsync(string id, CancellationToken cancellation = default) =>
        CallAsync(_sessions.CloseAsync(new CloseSessionRequest { Id = id }, Options(cancellation)));

    /// <summary>Opens the one conversation of a session.</summary>
    /// <param name="sampleRate">Of the mono speech to come, 8,000 to 48,000.</param>
    /// <param name="cancellation">Ends the conversation.</param>
    public Task<Conversation> ConverseAsync(string sessionId, int sampleRate, CancellationToken cancellation = default) =>
        Conversation.OpenAsync(_sessions.Converse(cancellationToken: cancellation), sessionId, sampleRate, _time);

    public void Dispose() => _channel.Dispose();

    private CallOptions Options(CancellationToken cancellation) =>
        new(deadline: DateTime.UtcNow + Timeout, cancellationToken: cancellation);

    private static async Task<T> CallAsync<T>(AsyncUnaryCall<T> call)
    {
        using (call)
        {
            try
            {
                return await call.ResponseAsync.ConfigureAwait(false);
            }
            catch (RpcException e)
            {
                throw FadaClientException.From(e);
            }
        }
    }
}
