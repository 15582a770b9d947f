using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using FADA.Realtime.Client;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.Server.Tests.Rpc;
using FADA.Realtime.V1;
using Grpc.Core;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;

namespace FADA.Realtime.Server.Tests.Auth;

public sealed class KeysModeTests : IAsyncLifetime
{
    private static readonly string[] Open = ["/healthz/live", "/healthz/ready", "/{**path}"];

    private readonly ApiKey _key = ApiKey.Create("backend");
    private readonly ShiftedClock _clock = new();
    private RunningServer _server = null!;
    private FadaClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync(
            o => o.Auth.Keys[_key.Name] = _key.Hash, builder => builder.Services.AddSingleton<TimeProvider>(_clock));
        _client = new FadaClient(_server.Server.GrpcAddress, key: _key.Value);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task EveryEndpoint_WithoutCredential_IsClosedButTheFewThatAreOpen()
    {
        var endpoints = _server.Server.Services.GetServices<EndpointDataSource>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .SelectMany(e => (e.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(m => (Route: e.RoutePattern.RawText!, Method: m)))
            .Where(e => !Open.Contains(e.Route) && !e.Route.StartsWith("/fada.", StringComparison.Ordinal) && !e.Route.StartsWith("/grpc.", StringComparison.Ordinal)
                && !e.Route.StartsWith("{unimplemented", StringComparison.Ordinal))
            .ToList();
        Assert.True(endpoints.Count >= 18, $"only {endpoints.Count} endpoints were found");

        foreach (var (route, method) in endpoints)
        {
            using var response = await _server.SendAsync(new HttpMethod(method), route.Replace("{", "", StringComparison.Ordinal).Replace("}", "", StringComparison.Ordinal));
            Assert.True(response.StatusCode == HttpStatusCode.Unauthorized, $"{method} {route} answered {response.StatusCode}");
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.ToString());
        }
    }

    [Theory]
    [InlineData("/")]
    [InlineData("/js/console.js")]
    [InlineData("/healthz/live")]
    [InlineData("/healthz/ready")]
    public async Task OpenDoor_WithoutCredential_Answers(string path)
    {
        using var response = await _server.SendAsync(HttpMethod.Get, path);

        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
    }

    [Fact]
    public async Task Rpc_WithoutKey_IsUnauthenticatedWithErrorInfo()
    {
        var (id, _) = await NewSessionAsync();
        await Refused.ByAsync(StatusCode.Unauthenticated, "KEY_MISSING", () => _server.Sessions.CreateAsync(new(), RunningServer.Call).ResponseAsync);
        await Refused.ByAsync(StatusCode.Unauthenticated, "KEY_MISSING", () => _server.Sessions.ListAsync(new(), RunningServer.Call).ResponseAsync);
        await Refused.ByAsync(StatusCode.Unauthenticated, "KEY_MISSING", () => _server.Sessions.CloseAsync(new() { Id = id }, RunningServer.Call).ResponseAsync);
        await Refused.ByAsync(StatusCode.Unauthenticated, "KEY_MISSING", () => _server.Avatars.ListAsync(new(), RunningServer.Call).ResponseAsync);
        await Refused.ByAsync(StatusCode.Unauthenticated, "KEY_MISSING", () => _server.Avatars.DeleteAsync(new() { Name = "x" }, RunningServer.Call).ResponseAsync);
        await Refused.ByAsync(StatusCode.Unauthenticated, "KEY_MISSING", async () =>
        {
            using var call = _server.Sessions.Converse(RunningServer.Call);
            await call.ResponseStream.MoveNext(RunningServer.Soon);
        });
        await Refused.ByAsync(StatusCode.Unauthenticated, "KEY_WRONG", () => _server.Sessions.ListAsync(new(), Call(ApiKey.Create("backend").Value)).ResponseAsync);
    }

    [Fact]
    public async Task Client_WithKey_MayDoEverything()
    {
        Assert.NotEmpty(await _client.ListAvatarsAsync());
        var session = await _client.CreateSessionAsync();
        await using (var conversation = await _client.ConverseAsync(session.Id, 16_000))
            await conversation.CompleteAsync();
        Assert.Single(await _client.ListSessionsAsync());
        using var events = await EventReader.OpenAsync(_server, session.Id, _key.Value);
        await _client.CloseSessionAsync(session.Id);
        await events.NextAsync("closed");
    }

    [Fact]
    public async Task Token_OfASession_OpensThatSessionOnly()
    {
        var (id, token) = await NewSessionAsync();
        var (other, _) = await NewSessionAsync();

        using var own = await _server.SendAsync(HttpMethod.Get, $"/api/sessions/{id}", token);
        Assert.Equal(HttpStatusCode.OK, own.StatusCode);
        await ExpectAsync(401, "TOKEN_WRONG", "Bearer error=\"invalid_token\"", HttpMethod.Get, $"/api/sessions/{other}", token);
        await ExpectAsync(403, "KEY_NEEDED", "Bearer error=\"insufficient_scope\"", HttpMethod.Get, "/api/avatars", token);
        await ExpectAsync(403, "KEY_NEEDED", "Bearer error=\"insufficient_scope\"", HttpMethod.Post, $"/api/sessions/{id}/tokens", token);
        Assert.Equal(id, (await _server.Sessions.GetAsync(new() { Id = id }, Call(token))).Id);
        await Refused.ByAsync(StatusCode.Unauthenticated, "TOKEN_WRONG", () => _server.Sessions.GetAsync(new() { Id = other }, Call(token)).ResponseAsync);
        await Refused.ByAsync(StatusCode.PermissionDenied, "KEY_NEEDED", () => _server.Sessions.ListAsync(new(), Call(token)).ResponseAsync);
    }

    [Fact]
    public async Task Token_OfAViewer_LetsNobodySpeakAndTheOtherWayRound()
    {
        var (id, _) = await NewSessionAsync();
        var viewer = (await _client.IssueTokenAsync(id, TokenRole.Viewer)).Token;
        var microphone = await IssueAsync(id, "microphone");

        await ExpectAsync(403, "TOKEN_ROLE", "Bearer error=\"insufficient_scope\"", HttpMethod.Post, $"/whip/{id}", viewer);
        await ExpectAsync(403, "TOKEN_ROLE", "Bearer error=\"insufficient_scope\"", HttpMethod.Post, $"/api/sessions/{id}/interrupt", viewer);
        await ExpectAsync(403, "TOKEN_ROLE", "Bearer error=\"insufficient_scope\"", HttpMethod.Delete, $"/api/sessions/{id}", viewer);
        await ExpectAsync(403, "TOKEN_ROLE", "Bearer error=\"insufficient_scope\"", HttpMethod.Post, $"/whep/{id}", microphone);
        // Past the door, and refused for what they bring.
        await ExpectAsync(415, "UNSUPPORTED_MEDIA_TYPE", null, HttpMethod.Post, $"/whep/{id}", viewer);
        await ExpectAsync(415, "UNSUPPORTED_MEDIA_TYPE", null, HttpMethod.Post, $"/whip/{id}", microphone);
        using var speaker = new FadaClient(_server.Server.GrpcAddress, key: microphone);
        await using var conversation = await speaker.ConverseAsync(id, 16_000);
        await conversation.CompleteAsync();
        await foreach (var _ in conversation.ReadEventsAsync(RunningServer.Soon))
        {
        }

        using var watcher = new FadaClient(_server.Server.GrpcAddress, key: viewer);
        await using var refused = await watcher.ConverseAsync(id, 16_000);
        var reason = await Assert.ThrowsAsync<FadaClientException>(async () => await refused.ReadEventsAsync(RunningServer.Soon).GetAsyncEnumerator().MoveNextAsync());
        Assert.Equal("TOKEN_ROLE", reason.Reason);
    }

    [Theory]
    [InlineData("whep")]
    [InlineData("whip")]
    public async Task Token_Expired_IsRefusedWithCorsAndANewOneWorks(string kind)
    {
        var (id, token) = await NewSessionAsync();
        _clock.Shift = TimeSpan.FromHours(1);

        using var response = await _server.SendAsync(HttpMethod.Post, $"/{kind}/{id}", token);

        Assert.Equal((401, "TOKEN_EXPIRED"), ((int)response.StatusCode, await RunningServer.ReasonAsync(response)));
        Assert.Equal("Bearer error=\"invalid_token\"", response.Headers.WwwAuthenticate.ToString());
        Assert.Contains("WWW-Authenticate", response.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
        await Refused.ByAsync(StatusCode.Unauthenticated, "TOKEN_EXPIRED", () => _server.Sessions.GetAsync(new() { Id = id }, Call(token)).ResponseAsync);
        using var renewed = await _server.SendAsync(HttpMethod.Get, $"/api/sessions/{id}", await IssueAsync(id, null));
        Assert.Equal(HttpStatusCode.OK, renewed.StatusCode);
    }

    [Fact]
    public async Task IdempotencyKey_OfAnotherCaller_IsAnotherKey()
    {
        var other = ApiKey.Create("other");
        await using var server = await RunningServer.StartAsync(o => (o.Auth.Keys[_key.Name], o.Auth.Keys[other.Name]) = (_key.Hash, other.Hash));
        using var one = new FadaClient(server.Server.GrpcAddress, key: _key.Value);
        using var two = new FadaClient(server.Server.GrpcAddress, key: other.Value);

        var first = await one.CreateSessionAsync(idempotencyKey: "same");

        Assert.Equal(first.Id, (await one.CreateSessionAsync(idempotencyKey: "same")).Id);
        Assert.NotEqual(first.Id, (await two.CreateSessionAsync(idempotencyKey: "same")).Id);
    }

    private static CallOptions Call(string credential) => RunningServer.Call.WithHeaders(new Metadata { { "authorization", $"Bearer {credential}" } });

    private async Task<(string Id, string Token)> NewSessionAsync()
    {
        using var response = await _server.SendAsync(HttpMethod.Post, "/api/sessions", _key.Value, JsonContent.Create(new { }));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var body = await response.Content.ReadFromJsonAsync<JsonElement>();
        return (body.GetProperty("id").GetString()!, body.GetProperty("token").GetString()!);
    }

    private async Task<string> IssueAsync(string id, string? role)
    {
        using var response = await _server.SendAsync(HttpMethod.Post, $"/api/sessions/{id}/tokens", _key.Value, JsonContent.Create(new { role }));
        return (await response.Content.ReadFromJsonAsync<JsonElement>()).GetProperty("token").GetString()!;
    }

    private async Task ExpectAsync(int status, string reason, string? challenge, HttpMethod method, string path, string token)
    {
        using var content = method == HttpMethod.Post ? new StringContent("{}", System.Text.Encoding.UTF8, "application/json") : null;
        using var response = await _server.SendAsync(method, path, token, content);
        Assert.Equal((status, reason), ((int)response.StatusCode, await RunningServer.ReasonAsync(response)));
        Assert.Equal(challenge ?? "", response.Headers.WwwAuthenticate.ToString());
    }
}
