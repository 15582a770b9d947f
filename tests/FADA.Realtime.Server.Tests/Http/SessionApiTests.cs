using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Http;

public sealed class SessionApiTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private string _id = "";
    private string _token = "";

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync(o => (o.MaxSessions, o.MaxSpeechBytes) = (2, 400_000));
        (_id, _token) = await _server.NewSessionAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    public static TheoryData<string, string> SessionPaths => new()
    {
        { "GET", "" }, { "DELETE", "" }, { "GET", "/events" },
        { "GET", "/style" }, { "PATCH", "/style" }, { "DELETE", "/style" }, { "POST", "/say" },
        { "POST", "/samples/welcome" }, { "POST", "/speech" }, { "POST", "/interrupt" },
    };

    [Theory]
    [MemberData(nameof(SessionPaths))]
    public async Task Session_WithoutItsToken_IsUnauthorized(string method, string path)
    {
        var (_, otherToken) = await _server.NewSessionAsync();
        foreach (var (token, reason) in new[] { (null, "TOKEN_MISSING"), ("wrong", "TOKEN_WRONG"), (otherToken, "TOKEN_WRONG") })
        {
            using var response = await _server.SendAsync(new HttpMethod(method), $"/api/sessions/{_id}{path}", token, Json("{}", method));

            Assert.Equal(HttpStatusCode.Unauthorized, response.StatusCode);
            Assert.Equal("Bearer", response.Headers.WwwAuthenticate.Single().Scheme);
            Assert.Equal(reason, await RunningServer.ReasonAsync(response));
        }
    }

    [Theory]
    [MemberData(nameof(SessionPaths))]
    public async Task Session_Unknown_IsNotFound(string method, string path)
    {
        using var response = await _server.SendAsync(new HttpMethod(method), $"/api/sessions/nobody{path}", _token, Json("{}", method));

        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Equal("SESSION_NOT_FOUND", await RunningServer.ReasonAsync(response));
    }

    [Fact]
    public async Task Create_ServerFull_Is503WithRetryAfter()
    {
        await _server.NewSessionAsync();

        using var response = await _server.Http.PostAsJsonAsync("/api/sessions", new { });

        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("SESSIONS_FULL", await RunningServer.ReasonAsync(response));
    }

    [Theory]
    [InlineData("{", "application/json", 400, "REQUEST_MALFORMED")]
    [InlineData("avatar=x", "application/x-www-form-urlencoded", 415, "UNSUPPORTED_MEDIA_TYPE")]
    [InlineData("{\"avatar\":\"nobody\"}", "application/json", 404, "AVATAR_NOT_FOUND")]
    public async Task Create_BadBody_IsRefused(string body, string type, int status, string reason)
    {
        using var response = await _server.Http.PostAsync("/api/sessions", new StringContent(body, Encoding.UTF8, type));

        Assert.Equal(status, (int)response.StatusCode);
        Assert.Equal(reason, await RunningServer.ReasonAsync(response));
    }

    [Fact]
    public async Task Delete_Session_FreesItsPlace()
    {
        using var deleted = await _server.SendAsync(HttpMethod.Delete, $"/api/sessions/{_id}", _token);
        using var again = await _server.SendAsync(HttpMethod.Delete, $"/api/sessions/{_id}", _token);

        Assert.Equal(HttpStatusCode.NoContent, deleted.StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, again.StatusCode);
        Assert.True(_server.Catalog.Animators.Single().Disposed);
    }

    [Theory]
    [InlineData("{\"text\":\"  \"}", "TEXT_EMPTY")]
    [InlineData("{\"text\":\"hello\",\"voice\":\"klingon-xx\"}", "VOICE_UNKNOWN")]
    public async Task Say_Unspeakable_IsRefused(string body, string reason)
    {
        using var response = await _server.SendAsync(HttpMethod.Post, $"/api/sessions/{_id}/say", _token, Json(body));

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(reason, await RunningServer.ReasonAsync(response));
    }

    [Fact]
    public async Task Say_TooLong_IsRefused()
    {
        using var response = await _server.SendAsync(
            HttpMethod.Post, $"/api/sessions/{_id}/say", _token, Json(JsonSerializer.Serialize(new { text = new string('a', 2001) })));

        Assert.Equal("TEXT_TOO_LONG", await RunningServer.ReasonAsync(response));
    }

    [Fact]
    public async Task Sample_Unknown_IsNotFound()
    {
        using var response = await _server.SendAsync(HttpMethod.Post, $"/api/sessions/{_id}/samples/nothing", _token);

        Assert.Equal("SAMPLE_NOT_FOUND", await RunningServer.ReasonAsync(response));
    }

    [Theory]
    [InlineData("/say", "{\"text\":\"Hello there, this is a test.\"}")]
    [InlineData("/samples/fox", null)]
    public async Task Spoken_OverTheApi_IsToldByEvents(string path, string? body)
    {
        using var events = await EventReader.OpenAsync(_server, _id, _token);

        using var response = await _server.SendAsync(HttpMethod.Post, $"/api/sessions/{_id}{path}", _token, body is null ? null : Json(body));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        Assert.True((await events.NextAsync("speech_started")).GetProperty("latencyMs").GetInt64() > 0);
        await _server.SendAsync(HttpMethod.Post, $"/api/sessions/{_id}/interrupt", _token);
        await events.NextAsync("speech_finished");
    }

    [Fact]
    public async Task Speech_UploadedWav_IsSpokenWhole()
    {
        using var events = await EventReader.OpenAsync(_server, _id, _token);

        using var response = await UploadAsync(TestSpeech.Wav(TestSpeech.Syllables(TimeSpan.FromMilliseconds(800))));

        Assert.Equal(HttpStatusCode.Accepted, response.StatusCode);
        var finished = await events.NextAsync("speech_finished");
        Assert.InRange(finished.GetProperty("playedMs").GetInt64(), 760, 840);
        Assert.False(finished.GetProperty("interrupted").GetBoolean());
    }

    [Fact]
    public async Task Speech_UnusableUpload_IsRefusedAndSessionLivesOn()
    {
        using var text = await UploadAsync(Encoding.ASCII.GetBytes("this is not sound, whatever it claims to be"));
        using var empty = await UploadAsync(TestSpeech.Wav([]));
        using var large = await UploadAsync(new byte[400_001]);

        Assert.Equal((400, "AUDIO_UNREADABLE"), ((int)text.StatusCode, await RunningServer.ReasonAsync(text)));
        Assert.Equal((400, "AUDIO_EMPTY"), ((int)empty.StatusCode, await RunningServer.ReasonAsync(empty)));
        Assert.Equal((413, "BODY_TOO_LARGE"), ((int)large.StatusCode, await RunningServer.ReasonAsync(large)));
        using var good = await UploadAsync(TestSpeech.Wav(TestSpeech.Syllables(TimeSpan.FromMilliseconds(200))));
        Assert.Equal(HttpStatusCode.Accepted, good.StatusCode);
    }

    [Fact]
    public async Task Interrupt_WhileSpeaking_TellsWhatWasPlayedAndDropsTheQueue()
    {
        using var events = await EventReader.OpenAsync(_server, _id, _token);
        for (var i = 0; i < 2; i++)
            using (await UploadAsync(TestSpeech.Wav(TestSpeech.Syllables(TimeSpan.FromSeconds(5)))))
            {
            }

        await events.NextAsync("speech_started");
        using var response = await _server.SendAsync(HttpMethod.Post, $"/api/sessions/{_id}/interrupt", _token);

        var stopped = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal(1, stopped.GetProperty("turn").GetInt32());
        Assert.InRange(stopped.GetProperty("playedMs").GetInt64(), 0, 4_000);
        Assert.True((await events.NextAsync("speech_finished")).GetProperty("interrupted").GetBoolean());
        // Nothing of the second is heard: the session comes to rest.
        while ((await events.NextAsync("stats")).GetProperty("speaking").GetBoolean())
        {
        }

        Assert.Equal(0, (await events.NextAsync("stats")).GetProperty("bufferedMs").GetInt64());
    }

    [Fact]
    public async Task Events_OfClosedSession_End()
    {
        using var events = await EventReader.OpenAsync(_server, _id, _token);
        Assert.Equal(1ul, (await events.NextAsync("ready")).GetProperty("seq").GetUInt64());

        await _server.SendAsync(HttpMethod.Delete, $"/api/sessions/{_id}", _token);

        await events.NextAsync("closed");
    }

    [Fact]
    public async Task Stop_OfServer_EndsEventsAndSessions()
    {
        using var events = await EventReader.OpenAsync(_server, _id, _token);

        await _server.Server.StopAsync(RunningServer.Soon).WaitAsync(RunningServer.Patience);

        Assert.True(_server.Catalog.Animators.Single().Disposed);
    }

    private static StringContent? Json(string json, string method = "POST") => method is "POST" or "PATCH" ? new(json, Encoding.UTF8, "application/json") : null;

    private Task<HttpResponseMessage> UploadAsync(byte[] bytes) => _server.SendAsync(
        HttpMethod.Post, $"/api/sessions/{_id}/speech", _token, new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("audio/wav") } });
}
