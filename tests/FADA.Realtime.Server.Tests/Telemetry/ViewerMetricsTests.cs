using System.Net.Http.Headers;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Telemetry;

[Collection(TelemetryCollection.Name)]
public sealed class ViewerMetricsTests
{
    [Fact]
    public async Task Metrics_ViewerComesAndGoes_AreCounted()
    {
        await using var server = await RunningServer.StartAsync();
        var (id, token) = await server.NewSessionAsync();
        using var peer = TestPeer.Viewer();
        using var answer = await server.SendAsync(
            HttpMethod.Post, $"/whep/{id}", token, new StringContent(await peer.OfferAsync(), new MediaTypeHeaderValue("application/sdp")));
        await peer.AcceptAsync(await answer.Content.ReadAsStringAsync());
        await peer.ConnectedAsync();

        await Scrape.UntilAsync(server, s => s["avatar_viewer_active"] == 1);
        using var left = await server.SendAsync(HttpMethod.Delete, answer.Headers.Location!.ToString(), token);
        await Scrape.UntilAsync(server, s => s["avatar_viewer_active"] == 0);
    }
}
