using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Http;

public sealed class AvatarApiTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningServer.StartAsync(o => o.MaxPortraitBytes = 2048);

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task List_HasDefaultFirstWithItsPortrait()
    {
        var first = (await _server.Http.GetFromJsonAsync<JsonElement>("/api/avatars"))[0];
        using var portrait = await _server.Http.GetAsync(first.GetProperty("portraitUrl").GetString());

        Assert.Equal("default", first.GetProperty("name").GetString());
        Assert.Equal("image/png", portrait.Content.Headers.ContentType?.MediaType);
        Assert.Equal("portrait of default", await portrait.Content.ReadAsStringAsync());
    }

    [Theory]
    [InlineData("no-face", "image/png", "consent=me", 400, "NO_FACE")]
    [InlineData("two-faces", "image/jpeg", "consent=me", 400, "SEVERAL_FACES")]
    [InlineData("words", "image/png", "consent=me", 400, "IMAGE_UNREADABLE")]
    [InlineData("face", "image/png", "", 400, "CONSENT_MISSING")]
    [InlineData("face", "text/plain", "consent=me", 415, "UNSUPPORTED_MEDIA_TYPE")]
    public async Task Create_Unusable_IsRefused(string body, string type, string query, int status, string reason)
    {
        using var response = await PostAsync(Encoding.ASCII.GetBytes(body), type, query);

        Assert.Equal((status, reason), ((int)response.StatusCode, await RunningServer.ReasonAsync(response)));
    }

    [Fact]
    public async Task Create_TooLarge_Is413()
    {
        using var response = await PostAsync(new byte[2049], "image/png", "consent=me");

        Assert.Equal((413, "IMAGE_TOO_LARGE"), ((int)response.StatusCode, await RunningServer.ReasonAsync(response)));
    }

    [Fact]
    public async Task Create_Face_CanSpeakAtOnce()
    {
        using var response = await PostAsync(Encoding.ASCII.GetBytes("face"), "image/png", "consent=me");

        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        await _server.NewSessionAsync("mine");
    }

    private Task<HttpResponseMessage> PostAsync(byte[] body, string type, string query) => _server.SendAsync(
        HttpMethod.Post, $"/api/avatars?name=mine&{query}", content: new ByteArrayContent(body) { Headers = { ContentType = new MediaTypeHeaderValue(type) } });
}
