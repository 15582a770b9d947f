using System.Net;
using System.Text;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.WebRtc;

public sealed class WhepTests : IAsyncLifetime
{
    private const string Sdp = "application/sdp";
    private RunningServer _server = null!;
    private string _id = "";
    private string _token = "";

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync(o => o.MaxViewersPerSession = 1);
        (_id, _token) = await _server.NewSessionAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Options_WithoutToken_TellCorsAndTypes()
    {
        using var response = await _server.SendAsync(HttpMethod.Options, $"/whep/{_id}");

        Assert.Equal(HttpStatusCode.NoContent, response.StatusCode);
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Contains("PATCH", Header(response, "Access-Control-Allow-Methods"), StringComparison.Ordinal);
        Assert.Contains("Authorization", Header(response, "Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Equal(Sdp, Header(response, "Accept-Post"));
    }

    [Theory]
    [InlineData("whep")]
    [InlineData("whip")]
    public async Task Post_Unusable_IsRefusedWithCors(string kind)
    {
        var (_, otherToken) = await _server.NewSessionAsync();
        await ExpectAsync(404, "SESSION_NOT_FOUND", await PostAsync($"/{kind}/nobody", _token, "v=0"));
        await ExpectAsync(401, "TOKEN_MISSING", await PostAsync($"/{kind}/{_id}", null, "v=0"));
        await ExpectAsync(401, "TOKEN_WRONG", await PostAsync($"/{kind}/{_id}", otherToken, "v=0"));
        await ExpectAsync(415, "UNSUPPORTED_MEDIA_TYPE", await PostAsync($"/{kind}/{_id}", _token, "v=0", "application/json"));
        await ExpectAsync(400, "SDP_MALFORMED", await PostAsync($"/{kind}/{_id}", _token, "hello"));
        await ExpectAsync(400, "SDP_MALFORMED", await PostAsync($"/{kind}/{_id}", _token, "v=0\r\nnonsense"));
        await ExpectAsync(413, "BODY_TOO_LARGE", await PostAsync($"/{kind}/{_id}", _token, "v=0" + new string('x', 70_000)));
    }

    [Theory]
    [InlineData("whep")]
    [InlineData("whip")]
    public async Task Put_IsNotAllowed(string kind) =>
        await ExpectAsync(405, "METHOD_NOT_ALLOWED", await _server.SendAsync(HttpMethod.Put, $"/{kind}/{_id}", _token));

    [Fact]
    public async Task Post_SessionStarting_Is409WithRetryAfter()
    {
        var gate = new TaskCompletionSource();
        _server.Catalog.Gate = gate.Task;
        var creating = _server.Client.CreateSessionAsync();
        while (_server.Registry.List().Count < 2)
            await Task.Delay(20, RunningServer.Soon);
        var starting = _server.Registry.List().Single(s => s.Id != _id);

        using var early = await PostAsync($"/whep/{starting.Id}", _server.Tokens.Issue(starting.Id, SessionRole.Both).Token, "v=0\r\n");

        Assert.Equal((409, "NOT_LIVE"), ((int)early.StatusCode, await RunningServer.ReasonAsync(early)));
        Assert.True(early.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        gate.SetResult();
        await creating.WaitAsync(RunningServer.Patience);
    }

    [Fact]
    public async Task Viewer_FromOfferToDelete_SeesAndHearsSpeech()
    {
        using var events = await EventReader.OpenAsync(_server, _id, _token);
        using var peer = TestPeer.Viewer();
        using var answer = await PostAsync($"/whep/{_id}", _token, await peer.OfferAsync());

        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        Assert.Equal(Sdp, answer.Content.Headers.ContentType?.MediaType);
        Assert.Matches("^\".+\"$", answer.Headers.ETag?.ToString());
        var location = answer.Headers.Location!.ToString();
        Assert.Matches($"^/whep/{_id}/[0-9a-f]{{32}}$", location);
        var sdp = await answer.Content.ReadAsStringAsync();
        Assert.Equal(2, sdp.Split("a=sendonly").Length - 1);

        await peer.AcceptAsync(sdp);
        await peer.ConnectedAsync();
        await events.NextAsync("viewer_joined");
        Assert.True(peer.TakeVideo().IsKeyFrame);
        Assert.True(peer.TakeAudio().Data.Length > 0);

        // The one place is taken.
        using var second = TestPeer.Viewer();
        using var full = await PostAsync($"/whep/{_id}", _token, await second.OfferAsync());
        await ExpectAsync(503, "VIEWERS_FULL", full);
        Assert.True(full.Headers.RetryAfter?.Delta > TimeSpan.Zero);

        using var deleted = await _server.SendAsync(HttpMethod.Delete, location, _token);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        await events.NextAsync("viewer_left");
        await ExpectAsync(404, "PEER_NOT_FOUND", await _server.SendAsync(HttpMethod.Delete, location, _token));
    }

    [Fact]
    public async Task Patch_OfViewer_FollowsTheEtag()
    {
        using var peer = TestPeer.Viewer();
        using var answer = await PostAsync($"/whep/{_id}", _token, await peer.OfferAsync());
        var location = answer.Headers.Location!.ToString();
        var etag = answer.Headers.ETag!.ToString();
        const string Candidate = "a=ice-ufrag:x\r\nm=video 9 UDP/TLS/RTP/SAVPF 0\r\na=mid:0\r\na=candidate:1 1 udp 2130706431 127.0.0.1 50000 typ host\r\n";

        await ExpectAsync(428, "IF_MATCH_MISSING", await PatchAsync(location, Candidate));
        await ExpectAsync(422, "ICE_RESTART_UNSUPPORTED", await PatchAsync(location, Candidate, "*"));
        await ExpectAsync(412, "ETAG_STALE", await PatchAsync(location, Candidate, "\"old\""));
        await ExpectAsync(415, "UNSUPPORTED_MEDIA_TYPE", await PatchAsync(location, Candidate, etag, Sdp));
        using var taken = await PatchAsync(location, Candidate, etag);
        Assert.Equal(HttpStatusCode.NoContent, taken.StatusCode);
    }

    [Fact]
    public async Task Viewer_OfAnotherSession_CannotBeTouched()
    {
        var (other, otherToken) = await _server.NewSessionAsync("second");
        using var peer = TestPeer.Viewer();
        using var answer = await PostAsync($"/whep/{_id}", _token, await peer.OfferAsync());
        var viewer = answer.Headers.Location!.ToString().Split('/')[^1];

        await ExpectAsync(404, "PEER_NOT_FOUND", await _server.SendAsync(HttpMethod.Delete, $"/whep/{other}/{viewer}", otherToken));
        await ExpectAsync(401, "TOKEN_WRONG", await _server.SendAsync(HttpMethod.Delete, $"/whep/{_id}/{viewer}", otherToken));
    }

    [Fact]
    public async Task Ice_ServersConfigured_AreLinked()
    {
        await using var server = await RunningServer.StartAsync(o => (o.Ice.StunServer, o.Ice.TurnServer) = ("stun://127.0.0.1:9", "turn://me:p%40ss@127.0.0.1:9"));
        var (id, token) = await server.NewSessionAsync();
        using var peer = TestPeer.Viewer();
        using var answer = await server.SendAsync(HttpMethod.Post, $"/whep/{id}", token, new StringContent(await peer.OfferAsync(), new System.Net.Http.Headers.MediaTypeHeaderValue(Sdp)));

        var links = string.Join('\n', answer.Headers.GetValues("Link"));

        Assert.Contains("<stun:127.0.0.1:9>; rel=\"ice-server\"", links, StringComparison.Ordinal);
        Assert.Contains("<turn:127.0.0.1:9>; rel=\"ice-server\"; username=\"me\"; credential=\"p@ss\"", links, StringComparison.Ordinal);
    }

    private static string Header(HttpResponseMessage response, string name) => string.Join(", ", response.Headers.GetValues(name));

    private static async Task ExpectAsync(int status, string reason, HttpResponseMessage response)
    {
        Assert.Equal((status, reason), ((int)response.StatusCode, await RunningServer.ReasonAsync(response)));
        Assert.Equal("*", Header(response, "Access-Control-Allow-Origin"));
        Assert.Contains("Location", Header(response, "Access-Control-Expose-Headers"), StringComparison.Ordinal);
        response.Dispose();
    }

    private Task<HttpResponseMessage> PostAsync(string path, string? token, string body, string type = Sdp) =>
        _server.SendAsync(HttpMethod.Post, path, token, new StringContent(body, Encoding.UTF8, type));

    private Task<HttpResponseMessage> PatchAsync(string path, string body, string? ifMatch = null, string type = "application/trickle-ice-sdpfrag") =>
        _server.SendAsync(HttpMethod.Patch, path, _token, new StringContent(body, Encoding.UTF8, type), ifMatch is null ? [] : [("If-Match", ifMatch)]);
}
