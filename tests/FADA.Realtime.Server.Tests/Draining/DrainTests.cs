using System.Net;
using System.Net.Http.Json;
using FADA.Realtime.Server.Tests.Doubles;
using FADA.Realtime.Server.Tests.Rpc;
using FADA.Realtime.V1;
using Google.Rpc;
using Grpc.Core;
using Grpc.Health.V1;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FADA.Realtime.Server.Tests.Draining;

/// <summary>What happens when the process is told to stop: SIGTERM calls StopApplication, as these tests do.</summary>
public sealed class DrainTests
{
    private static readonly TimeSpan Long = TimeSpan.FromSeconds(4);

    [Fact]
    public async Task Stop_InATurn_FinishesItTellsItAndEnds()
    {
        await using var server = await RunningServer.StartAsync(o => o.ShutdownTimeout = RunningServer.Patience);
        var session = await server.Client.CreateSessionAsync();
        await using var talk = await Talk.BeginAsync(server, session.Id, Long);

        var ended = Stop(server);
        await IsDrainingAsync(server);
        var finished = await talk.FinishAsync();

        Assert.False(finished.Interrupted);
        Assert.Equal(Long.TotalMilliseconds, finished.PlayedMs);
        var status = await Refused.ByAsync(StatusCode.Unavailable, "DRAINING", talk.MoveNextAsync);
        Assert.True(status.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);
        await ended.WaitAsync(RunningServer.Patience);
        await Assert.ThrowsAsync<HttpRequestException>(() => server.Http.GetAsync("/healthz/live"));
    }

    [Fact]
    public async Task Stop_WhileATurnRuns_RefusesWhatIsNew()
    {
        await using var server = await RunningServer.StartAsync(o => o.ShutdownTimeout = RunningServer.Patience);
        var (id, token) = await server.NewSessionAsync();
        await using var talk = await Talk.BeginAsync(server, id, Long);

        var ended = Stop(server);
        await IsDrainingAsync(server);

        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/healthz/live")).StatusCode);
        var health = await new Health.HealthClient(server.Channel).CheckAsync(new HealthCheckRequest(), RunningServer.Call);
        Assert.Equal(HealthCheckResponse.Types.ServingStatus.NotServing, health.Status);

        var status = await Refused.ByAsync(
            StatusCode.Unavailable, "DRAINING", () => server.Sessions.CreateAsync(new CreateSessionRequest(), RunningServer.Call).ResponseAsync);
        Assert.True(status.GetDetail<RetryInfo>()!.RetryDelay.ToTimeSpan() > TimeSpan.Zero);

        using var created = await server.Http.PostAsJsonAsync("/api/sessions", new { });
        await IsRefusedAsync(created);
        using var said = await server.SendAsync(HttpMethod.Post, $"/api/sessions/{id}/say", token, JsonContent.Create(new { text = "Too late." }));
        await IsRefusedAsync(said);

        await talk.FinishAsync();
        // A client that never reads how its call ended would keep the connection, and with it the end, waiting.
        await Refused.ByAsync(StatusCode.Unavailable, "DRAINING", talk.MoveNextAsync);
        await ended.WaitAsync(RunningServer.Patience);
    }

    [Fact]
    public async Task Stop_TurnLongerThanTheBound_IsCutAndEndsInTime()
    {
        await using var server = await RunningServer.StartAsync(o => o.ShutdownTimeout = TimeSpan.FromSeconds(1));
        var session = await server.Client.CreateSessionAsync();
        await using var talk = await Talk.BeginAsync(server, session.Id, TimeSpan.FromSeconds(9));

        var ended = Stop(server);
        var finished = await talk.FinishAsync();

        Assert.True(finished.Interrupted);
        Assert.InRange(finished.PlayedMs, 500, 8_000);
        await ended.WaitAsync(RunningServer.Patience);
    }

    [Fact]
    public async Task Stop_WithSilentSessionAndListener_DoesNotWaitForTheBound()
    {
        await using var server = await RunningServer.StartAsync(o => o.ShutdownTimeout = TimeSpan.FromMinutes(5));
        var (id, token) = await server.NewSessionAsync();
        using var events = await EventReader.OpenAsync(server, id, token);

        var ended = Stop(server);

        await events.NextAsync("closed");
        await ended.WaitAsync(RunningServer.Patience);
    }

    /// <summary>As SIGTERM does; completes when the host has stopped.</summary>
    private static Task Stop(RunningServer server)
    {
        var ended = server.Server.WaitForShutdownAsync();
        server.Server.Services.GetRequiredService<IHostApplicationLifetime>().StopApplication();
        return ended;
    }

    private static async Task IsDrainingAsync(RunningServer server)
    {
        var soon = RunningServer.Soon;
        while ((await server.Http.GetAsync("/healthz/ready", soon)).StatusCode != HttpStatusCode.ServiceUnavailable)
            await Task.Delay(20, soon);
    }

    private static async Task IsRefusedAsync(HttpResponseMessage response)
    {
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.True(response.Headers.RetryAfter?.Delta > TimeSpan.Zero);
        Assert.Equal("DRAINING", await RunningServer.ReasonAsync(response));
    }
}
