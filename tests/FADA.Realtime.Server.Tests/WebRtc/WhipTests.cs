using System.Net;
using System.Text;
using FADA.Realtime.Media.Tests.Support;
using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.WebRtc;

public sealed class WhipTests : IAsyncLifetime
{
    private RunningServer _server = null!;
    private string _id = "";
    private string _token = "";

    public async Task InitializeAsync()
    {
        _server = await RunningServer.StartAsync();
        (_id, _token) = await _server.NewSessionAsync();
    }

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Microphone_Speaking_MakesATurnThatEndsInSilence()
    {
        using var events = await EventReader.OpenAsync(_server, _id, _token);
        using var peer = TestPeer.Speaker();
        using var answer = await OpenAsync(peer);
        Assert.Equal(HttpStatusCode.Created, answer.StatusCode);
        await peer.AcceptAsync(await answer.Content.ReadAsStringAsync());
        await peer.ConnectedAsync();

        // A second of room noise, a second and a half of voice, and silence again.
        await SpeakAsync(peer, new short[48_000]);
        await SpeakAsync(peer, TestSpeech.Syllables(TimeSpan.FromSeconds(1.5), 48_000));
        await SpeakAsync(peer, new short[2 * 48_000]);

        await events.NextAsync("speech_started");
        var finished = await events.NextAsync("speech_finished");
        Assert.False(finished.GetProperty("interrupted").GetBoolean());
        Assert.InRange(finished.GetProperty("playedMs").GetInt64(), 1_200, 3_200);
    }

    [Fact]
    public async Task Microphone_Second_IsBusyUntilTheFirstLeaves()
    {
        using var first = TestPeer.Speaker();
        using var second = TestPeer.Speaker();
        using var answer = await OpenAsync(first);
        var location = answer.Headers.Location!.ToString();
        Assert.StartsWith($"/whip/{_id}/", location, StringComparison.Ordinal);

        using var busy = await OpenAsync(second);
        Assert.Equal((409, "MICROPHONE_BUSY"), ((int)busy.StatusCode, await RunningServer.ReasonAsync(busy)));

        using var deleted = await _server.SendAsync(HttpMethod.Delete, location, _token);
        Assert.Equal(HttpStatusCode.OK, deleted.StatusCode);
        using var gone = await _server.SendAsync(HttpMethod.Delete, location, _token);
        Assert.Equal("PEER_NOT_FOUND", await RunningServer.ReasonAsync(gone));
        using var now = await OpenAsync(second);
        Assert.Equal(HttpStatusCode.Created, now.StatusCode);
    }

    private async Task<HttpResponseMessage> OpenAsync(TestPeer peer) =>
        await _server.SendAsync(HttpMethod.Post, $"/whip/{_id}", _token, new StringContent(await peer.OfferAsync(), Encoding.UTF8, "application/sdp"));

    private static async Task SpeakAsync(TestPeer peer, short[] samples)
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var at = 0; at + 960 <= samples.Length; at += 960)
        {
            peer.Speak(samples.AsSpan(at, 960));
            await timer.WaitForNextTickAsync(RunningServer.Soon);
        }
    }
}
