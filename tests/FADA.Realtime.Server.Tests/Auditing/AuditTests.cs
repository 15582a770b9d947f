using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FADA.Realtime.Client;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.V1;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Tests.Auditing;

public sealed class AuditTests : IAsyncLifetime
{
    private const string Category = "FADA.Realtime.Audit";

    private readonly ApiKey _key = ApiKey.Create("shop");
    private readonly KeptLog _log = new();
    private RunningServer _server = null!;
    private FadaClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync(
            o => (o.Auth.Keys[_key.Name], o.Limits.AvatarsPerMinute) = (_key.Hash, 1),
            builder => builder.Logging.SetMinimumLevel(LogLevel.Trace).AddProvider(_log));
        _client = new FadaClient(_server.Server.GrpcAddress, key: _key.Value);
    }

    public async Task DisposeAsync()
    {
        _client.Dispose();
        await _server.DisposeAsync();
    }

    [Fact]
    public async Task Session_CreatedAndClosed_IsNotedWithWhoAndWhere()
    {
        var session = await _client.CreateSessionAsync();
        await _client.IssueTokenAsync(session.Id, TokenRole.Viewer);
        using var closed = await _server.SendAsync(HttpMethod.Delete, $"/api/sessions/{session.Id}", session.Token);
        var left = await _client.CreateSessionAsync();
        await _server.Server.StopAsync(RunningServer.Soon);

        Expect($"key shop at 127.0.0.1 created session {session.Id} with avatar default");
        Expect($"key shop at 127.0.0.1 got a token of session {session.Id} for Viewer");
        Expect($"a session's token at 127.0.0.1 closed session {session.Id}");
        Expect($"the server at - closed session {left.Id}");
    }

    [Fact]
    public async Task Avatar_CreatedAndDeleted_IsNoted()
    {
        await _client.CreateAvatarAsync("face"u8.ToArray(), "mine", "me\nFAKE LINE");
        await _client.DeleteAvatarAsync("mine");
        await Assert.ThrowsAsync<FadaClientException>(() => _client.CreateAvatarAsync("face"u8.ToArray(), "again", "me"));

        Expect("key shop at 127.0.0.1 created avatar mine with consent 'meFAKE LINE'");
        Expect("key shop at 127.0.0.1 deleted avatar mine");
        Expect("key shop at 127.0.0.1 was refused at POST /fada.realtime.v1.AvatarService/Create: RATE_LIMITED");
    }

    [Fact]
    public async Task Door_Refused_IsNotedWithReason()
    {
        var session = await _client.CreateSessionAsync();
        var viewer = await _client.IssueTokenAsync(session.Id, TokenRole.Viewer);
        using var missing = await _server.SendAsync(HttpMethod.Get, "/api/avatars");
        using var wrong = await _server.SendAsync(HttpMethod.Get, "/api/avatars", ApiKey.Create("shop").Value);
        using var role = await _server.SendAsync(HttpMethod.Post, $"/whip/{session.Id}", viewer.Token);
        using var stranger = new FadaClient(_server.Server.GrpcAddress);
        await Assert.ThrowsAsync<FadaClientException>(() => stranger.ListSessionsAsync());
        using var watcher = new FadaClient(_server.Server.GrpcAddress, key: viewer.Token);
        await Assert.ThrowsAsync<FadaClientException>(() => watcher.CloseSessionAsync(session.Id));
        // No matter of who asks.
        using var unknown = await _server.SendAsync(HttpMethod.Get, "/nothing");

        Expect("anybody at 127.0.0.1 was refused at GET /api/avatars: KEY_MISSING");
        Expect("anybody at 127.0.0.1 was refused at GET /api/avatars: KEY_WRONG");
        Expect("a session's token at 127.0.0.1 was refused at POST /whip/{id}: TOKEN_ROLE");
        Expect("anybody at 127.0.0.1 was refused at POST /fada.realtime.v1.SessionService/List: KEY_MISSING");
        Expect("a session's token at 127.0.0.1 was refused at POST /fada.realtime.v1.SessionService/Close: TOKEN_ROLE");
        Assert.Equal(5, _log.Of(Category).Count(l => l.Contains("was refused", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Logs_OfAWholeRun_HoldNoSecret()
    {
        var session = await _client.CreateSessionAsync();
        var viewer = (await _client.IssueTokenAsync(session.Id, TokenRole.Viewer)).Token;
        using (var created = await _server.SendAsync(HttpMethod.Post, "/api/sessions", _key.Value, JsonContent.Create(new { })))
            Assert.Equal(HttpStatusCode.Created, created.StatusCode);
        using var peer = TestPeer.Viewer();
        var offer = await peer.OfferAsync();
        using var answer = await _server.SendAsync(HttpMethod.Post, $"/whep/{session.Id}", viewer, Sdp(offer));
        var sdp = await answer.Content.ReadAsStringAsync();
        await peer.AcceptAsync(sdp);
        await peer.ConnectedAsync();
        using var broken = await _server.SendAsync(HttpMethod.Post, $"/whep/{session.Id}", viewer, Sdp("v=0\r\na=ice-pwd:brokenbrokenbrokenbroken\r\n"));
        Assert.Equal(HttpStatusCode.BadRequest, broken.StatusCode);
        await using (var conversation = await _client.ConverseAsync(session.Id, 16_000))
            await conversation.CompleteAsync();
        var (wrongKey, wrongToken) = (ApiKey.Create("shop").Value, session.Token[..^4] + "AAAA");
        using (await _server.SendAsync(HttpMethod.Get, "/api/avatars", wrongKey))
        using (await _server.SendAsync(HttpMethod.Get, $"/api/sessions/{session.Id}", wrongToken))
            await _client.CloseSessionAsync(session.Id);
        await _server.Server.StopAsync(RunningServer.Soon);

        // What must be there, so that a log that kept nothing cannot pass.
        Assert.Contains(_log.Lines, l => l.Level == LogLevel.Debug);
        Expect($"key shop at 127.0.0.1 closed session {session.Id}");
        string[] secrets =
        [
            _key.Value, _key.Hash, wrongKey, wrongToken, session.Token, viewer, "brokenbrokenbroken",
            .. Secrets(offer), .. Secrets(sdp), "v=0",
        ];
        Assert.True(secrets.Length >= 10);
        foreach (var secret in secrets)
            Assert.DoesNotContain(_log.Lines, l => l.Text.Contains(secret, StringComparison.OrdinalIgnoreCase));
    }

    private static StringContent Sdp(string text) => new(text, System.Text.Encoding.UTF8, "application/sdp");

    private static IEnumerable<string> Secrets(string sdp) => sdp.Split(["\r\n", "\n"], StringSplitOptions.None)
        .Where(l => l.StartsWith("a=ice-pwd:", StringComparison.Ordinal) || l.StartsWith("a=fingerprint:", StringComparison.Ordinal))
        .Select(l => l[(l.IndexOf(':', StringComparison.Ordinal) + 1)..]).Distinct();

    private void Expect(string sentence) =>
        Assert.True(_log.Of(Category).Any(l => l.StartsWith(sentence, StringComparison.Ordinal)), $"no '{sentence}' in\n{string.Join('\n', _log.Of(Category))}");
}
