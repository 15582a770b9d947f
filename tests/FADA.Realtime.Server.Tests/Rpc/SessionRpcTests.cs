using FADA.Realtime.Client;
using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.V1;
using Google.Rpc;
using Grpc.Core;

namespace FADA.Realtime.Server.Tests.Rpc;

public sealed class SessionRpcTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningServer.StartAsync(o => o.MaxSessions = 2);

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Create_DefaultAvatar_TellsTokenOnlyThen()
    {
        var session = await _server.Client.CreateSessionAsync();

        Assert.Equal("default", session.Avatar);
        Assert.Equal($"/whep/{session.Id}", session.WhepUrl);
        Assert.True(session.Token.Length >= 32);
        Assert.Empty((await _server.Client.GetSessionAsync(session.Id)).Token);
        Assert.Empty(Assert.Single(await _server.Client.ListSessionsAsync()).Token);
    }

    [Fact]
    public async Task Create_UnknownAvatar_IsNotFoundAndTakesNoPlace()
    {
        await Refused.ByAsync(
            StatusCode.NotFound, "AVATAR_NOT_FOUND", async () => await _server.Sessions.CreateAsync(new CreateSessionRequest { Avatar = "nobody" }, RunningServer.Call));

        Assert.Empty(await _server.Client.ListSessionsAsync());
    }

    [Fact]
    public async Task Create_SameKeyAtOnce_GivesOneSession()
    {
        var both = await Task.WhenAll(_server.Client.CreateSessionAsync(idempotencyKey: "k"), _server.Client.CreateSessionAsync(idempotencyKey: "k"));

        Assert.Equal((both[0].Id, both[0].Token), (both[1].Id, both[1].Token));
        Assert.Single(await _server.Client.ListSessionsAsync());
    }

    [Fact]
    public async Task Create_SameKeyOtherAvatar_IsRefused()
    {
        await _server.Client.CreateSessionAsync(idempotencyKey: "k");

        await Refused.ByAsync(StatusCode.FailedPrecondition, "IDEMPOTENCY_KEY_REUSED", async () => await _server.Sessions.CreateAsync(
            new CreateSessionRequest { Avatar = "second", IdempotencyKey = "k" }, RunningServer.Call));
    }

    [Fact]
    public async Task Create_SameKeyAfterClose_GivesNewSession()
    {
        var first = await _server.Client.CreateSessionAsync(idempotencyKey: "k");
        await _server.Client.CloseSessionAsync(first.Id);

        Assert.NotEqual(first.Id, (await _server.Client.CreateSessionAsync(idempotencyKey: "k")).Id);
    }

    [Fact]
    public async Task Create_ServerFull_IsResourceExhaustedUntilOneCloses()
    {
        var first = await _server.Client.CreateSessionAsync();
        await _server.Client.CreateSessionAsync();

        var status = await Refused.ByAsync(
            StatusCode.ResourceExhausted, "SESSIONS_FULL", async () => await _server.Sessions.CreateAsync(new CreateSessionRequest(), RunningServer.Call));
        Assert.Equal("Fada:MaxSessions", status.GetDetail<QuotaFailure>()!.Violations[0].Subject);
        Assert.True(status.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);

        await _server.Client.CloseSessionAsync(first.Id);
        await _server.Client.CreateSessionAsync();
    }

    [Fact]
    public async Task Close_Session_FreesItsAnimator()
    {
        var session = await _server.Client.CreateSessionAsync();
        await _server.Client.CloseSessionAsync(session.Id);

        Assert.True(Assert.Single(_server.Catalog.Animators).Disposed);
        var gone = await Assert.ThrowsAsync<FadaClientException>(() => _server.Client.GetSessionAsync(session.Id));
        Assert.Equal("SESSION_NOT_FOUND", gone.Reason);
    }

    [Fact]
    public async Task Reap_UnusedSession_IsClosed()
    {
        await using var hasty = await RunningServer.StartAsync(o => o.IdleTimeout = TimeSpan.FromSeconds(1));
        await hasty.Client.CreateSessionAsync();

        while ((await hasty.Client.ListSessionsAsync(RunningServer.Soon)).Count > 0)
            await Task.Delay(100, RunningServer.Soon);

        Assert.True(Assert.Single(hasty.Catalog.Animators).Disposed);
    }

    [Fact]
    public async Task Reap_SessionInConversation_Stays()
    {
        await using var hasty = await RunningServer.StartAsync(o => o.IdleTimeout = TimeSpan.FromSeconds(1));
        var session = await hasty.Client.CreateSessionAsync();
        await using var conversation = await hasty.Client.ConverseAsync(session.Id, 16_000);

        await Task.Delay(TimeSpan.FromSeconds(3));

        Assert.Single(await hasty.Client.ListSessionsAsync());
    }
}
