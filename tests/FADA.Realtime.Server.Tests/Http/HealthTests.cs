using System.Net;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Http;

public sealed class HealthTests
{
    [Fact]
    public async Task Health_OfRunningServer_IsLiveAndReadyUntilFull()
    {
        await using var server = await RunningServer.StartAsync(o => o.MaxSessions = 1);

        Assert.Equal(HttpStatusCode.OK, (await server.Http.GetAsync("/healthz/live")).StatusCode);
        Assert.Equal("Healthy", await server.Http.GetStringAsync("/healthz/ready"));
        await server.NewSessionAsync();
        Assert.Equal("Degraded", await server.Http.GetStringAsync("/healthz/ready"));
    }
}
