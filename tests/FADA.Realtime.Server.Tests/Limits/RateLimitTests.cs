using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using FADA.Realtime.Client;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.Server.Tests.Rpc;
using Google.Protobuf;
using Google.Rpc;
using Grpc.Core;

namespace FADA.Realtime.Server.Tests.Limits;

public sealed class RateLimitTests
{
    [Fact]
    public async Task Sessions_MoreThanAllowed_AreRefusedUntilLater()
    {
        await using var server = await RunningServer.StartAsync(o => o.Limits.SessionsPerMinute = 2);
        await server.NewSessionAsync();
        await server.Client.CreateSessionAsync();

        using var http = await server.SendAsync(HttpMethod.Post, "/api/sessions", content: JsonContent.Create(new { }));
        var rpc = await Refused.ByAsync(StatusCode.ResourceExhausted, "RATE_LIMITED", () => server.Sessions.CreateAsync(new(), RunningServer.Call).ResponseAsync);

        await ExpectAsync(http);
        Assert.InRange(rpc.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan(), TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
        Assert.Equal("Fada:Limits:SessionsPerMinute", rpc.GetDetail<QuotaFailure>()!.Violations.Single().Subject);
        // All else still answers.
        Assert.Equal(2, (await server.Client.ListSessionsAsync()).Count);
    }

    [Fact]
    public async Task Avatars_MoreThanAllowed_AreRefused()
    {
        await using var server = await RunningServer.StartAsync(o => o.Limits.AvatarsPerMinute = 1);
        await server.Client.CreateAvatarAsync("face"u8.ToArray(), "mine", "me");

        using var http = await server.SendAsync(HttpMethod.Post, "/api/avatars?name=other&consent=me", content: new ByteArrayContent("face"u8.ToArray())
        { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } });
        await Refused.ByAsync(StatusCode.ResourceExhausted, "RATE_LIMITED", () => server.Avatars.CreateAsync(
            new() { Name = "other", Consent = "me", Portrait = ByteString.CopyFromUtf8("face") }, RunningServer.Call).ResponseAsync);

        await ExpectAsync(http);
        Assert.DoesNotContain(await server.Client.ListAvatarsAsync(), a => a.Name == "other");
    }

    [Fact]
    public async Task Viewers_MoreThanAllowed_AreRefusedWithCors()
    {
        await using var server = await RunningServer.StartAsync(o => o.Limits.ViewersPerMinute = 1);
        var (id, token) = await server.NewSessionAsync();
        using var first = await server.SendAsync(HttpMethod.Post, $"/whep/{id}", token);
        Assert.Equal(HttpStatusCode.UnsupportedMediaType, first.StatusCode);

        using var second = await server.SendAsync(HttpMethod.Post, $"/whep/{id}", token);

        await ExpectAsync(second);
        Assert.Equal("*", second.Headers.GetValues("Access-Control-Allow-Origin").Single());
        Assert.Contains("Retry-After", second.Headers.GetValues("Access-Control-Expose-Headers").Single(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Sessions_OfTwoKeys_AreCountedApartAndRefusedDoorsNotAtAll()
    {
        var (one, two) = (ApiKey.Create("one"), ApiKey.Create("two"));
        await using var server = await RunningServer.StartAsync(o =>
            (o.Auth.Keys["one"], o.Auth.Keys["two"], o.Limits.SessionsPerMinute) = (one.Hash, two.Hash, 1));
        using var first = new FadaClient(server.Server.GrpcAddress, key: one.Value);
        using var second = new FadaClient(server.Server.GrpcAddress, key: two.Value);
        for (var i = 0; i < 3; i++)
            await Refused.ByAsync(StatusCode.Unauthenticated, "KEY_MISSING", () => server.Sessions.CreateAsync(new(), RunningServer.Call).ResponseAsync);

        await first.CreateSessionAsync();
        var refused = await Assert.ThrowsAsync<FadaClientException>(() => first.CreateSessionAsync());
        await second.CreateSessionAsync();

        Assert.Equal("RATE_LIMITED", refused.Reason);
        Assert.True(refused.RetryAfter > TimeSpan.Zero);
    }

    [Fact]
    public async Task Sessions_LimitZero_IsNoLimit()
    {
        await using var server = await RunningServer.StartAsync(o => (o.Limits.SessionsPerMinute, o.MaxSessions) = (0, 3));

        for (var i = 0; i < 3; i++)
            await server.NewSessionAsync();
    }

    private static async Task ExpectAsync(HttpResponseMessage response)
    {
        Assert.Equal((429, "RATE_LIMITED"), ((int)response.StatusCode, await RunningServer.ReasonAsync(response)));
        Assert.InRange(response.Headers.RetryAfter!.Delta!.Value, TimeSpan.FromSeconds(1), TimeSpan.FromMinutes(1));
    }
}
