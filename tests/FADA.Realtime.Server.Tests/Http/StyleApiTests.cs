using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;
using FADA.Realtime.Server.Conversation;
using FADA.Realtime.Server.Errors;
using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Server.Tests.Http;

public sealed class StyleApiTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private string _id = "";
    private string _token = "";

    private SamplingStyle InForce => _server.Catalog.Animators.Single().Style;

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        (_id, _token) = await _server.NewSessionAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Patch_OfOneValue_ChangesThatOneAndTellsAll()
    {
        var before = InForce;

        var told = await StyleAsync(HttpMethod.Patch, """{"audioScale": 3.5}""");

        Assert.Equal(before.With(new AnimatorOptions { AudioScale = 3.5f }), InForce);
        Assert.Equal(3.5f, told.GetProperty("audioScale").GetSingle());
        Assert.Equal(before.Scales.Reference, told.GetProperty("referenceScale").GetSingle());
        Assert.Equal(before.Steps, told.GetProperty("steps").GetInt32());
    }

    [Fact]
    public async Task Get_AfterAPatch_TellsTheStyleInForce()
    {
        await StyleAsync(HttpMethod.Patch, """{"referenceScale": 2, "steps": 5}""");

        var told = await StyleAsync(HttpMethod.Get);

        Assert.Equal((2f, 5), (told.GetProperty("referenceScale").GetSingle(), told.GetProperty("steps").GetInt32()));
    }

    [Fact]
    public async Task Delete_AfterAPatch_BringsBackTheSessionsOwnStyle()
    {
        var own = InForce;
        await StyleAsync(HttpMethod.Patch, """{"audioScale": 1, "referenceScale": 1, "steps": 1}""");
        Assert.NotEqual(own, InForce);

        var told = await StyleAsync(HttpMethod.Delete);

        Assert.Equal(own, InForce);
        Assert.Equal(own.Scales.Audio, told.GetProperty("audioScale").GetSingle());
    }

    [Fact]
    public async Task Events_AfterAPatch_TellTheStyleInForce()
    {
        using var events = await EventReader.OpenAsync(_server, _id, _token);
        await StyleAsync(HttpMethod.Patch, """{"steps": 6}""");

        // The first counters may have been on their way already.
        for (var i = 0; i < 4; i++)
        {
            if ((await events.NextAsync("stats")).GetProperty("style").GetProperty("steps").GetInt32() == 6)
                return;
        }

        Assert.Fail("Two seconds of counters did not tell the new steps.");
    }

    [Theory]
    [InlineData("""{"audioScale": 10.5}""", "STYLE_OUT_OF_RANGE", "audioScale")]
    [InlineData("""{"audioScale": 1e99}""", "STYLE_OUT_OF_RANGE", "audioScale")]
    [InlineData("""{"referenceScale": -1, "audioScale": 2}""", "STYLE_OUT_OF_RANGE", "referenceScale")]
    [InlineData("""{"steps": 0}""", "STYLE_OUT_OF_RANGE", "steps")]
    [InlineData("""{"steps": 51}""", "STYLE_OUT_OF_RANGE", "steps")]
    [InlineData("""{"steps": 2.5}""", "REQUEST_MALFORMED", "steps")]
    [InlineData("""{"audioScale": "loud"}""", "REQUEST_MALFORMED", "audioScale")]
    [InlineData("""{"audioScales": 3}""", "REQUEST_MALFORMED", "audioScales")]
    public async Task Patch_WithAWrongValue_IsRefusedByNameAndChangesNothing(string body, string reason, string field)
    {
        var before = InForce;

        using var response = await SendAsync(HttpMethod.Patch, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        var problem = await response.Content.ReadFromJsonAsync<JsonElement>();
        Assert.Equal((reason, field), (problem.GetProperty("reason").GetString(), problem.GetProperty("field").GetString()));
        Assert.Contains(field, problem.GetProperty("title").GetString(), StringComparison.Ordinal);
        Assert.Equal(before, InForce);
    }

    [Theory]
    [InlineData("")]
    [InlineData("{")]
    [InlineData("null")]
    public async Task Patch_WithoutAnObject_IsRefused(string body)
    {
        using var response = await SendAsync(HttpMethod.Patch, body);

        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal("REQUEST_MALFORMED", await RunningServer.ReasonAsync(response));
    }

    [Fact]
    public async Task Patch_AndConverse_KnowTheSameLimits()
    {
        var rpc = Assert.Throws<FadaException>(
            () => StyleReader.Read(new V1.Style { AudioScale = AnimatorOptions.MaxScale + 1 }));
        using var http = await SendAsync(HttpMethod.Patch, $$"""{"audioScale": {{AnimatorOptions.MaxScale + 1}}}""");

        Assert.Equal(rpc.Error.Reason, await RunningServer.ReasonAsync(http));
        Assert.Equal("style.audio_scale", rpc.Error.Field);
    }

    private async Task<JsonElement> StyleAsync(HttpMethod method, string? body = null)
    {
        using var response = await SendAsync(method, body);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    private Task<HttpResponseMessage> SendAsync(HttpMethod method, string? body) => _server.SendAsync(
        method, $"/api/sessions/{_id}/style", _token, body is null ? null : new StringContent(body, Encoding.UTF8, "application/json"));
}
