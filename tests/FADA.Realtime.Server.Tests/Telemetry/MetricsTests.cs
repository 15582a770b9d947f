using FADA.Realtime.Server.Tests.Doubles;

namespace FADA.Realtime.Server.Tests.Telemetry;

[Collection(TelemetryCollection.Name)]
public sealed class MetricsTests : IAsyncLifetime
{
    private RunningServer _server = null!;

    public async Task InitializeAsync() => _server = await RunningServer.StartAsync(o => o.MaxSessions = 3);

    public Task DisposeAsync() => _server.DisposeAsync().AsTask();

    [Fact]
    public async Task Metrics_OfFreshServer_HaveEveryCounterAtZero()
    {
        var scrape = await Scrape.OfAsync(_server);

        foreach (var outcome in (string[])["finished", "interrupted", "failed", "closed"])
            Assert.Equal(0, scrape["avatar_turn_ended_total", $"avatar_turn_outcome=\"{outcome}\""]);
        foreach (var name in (string[])["avatar_window_deadline_missed_total", "avatar_tick_starved_total", "avatar_tick_skipped_total", "avatar_frame_dropped_total", "avatar_speech_dropped_total", "avatar_event_dropped_total", "avatar_media_dropped_total", "avatar_session_active", "avatar_viewer_active"])
            Assert.Equal(0, scrape[name]);
        Assert.Equal(3, scrape["avatar_session_limit"]);
    }

    [Fact]
    public async Task Metrics_OfServer_HaveRequestsAndRuntime()
    {
        await _server.Http.GetStringAsync("/healthz/live");

        var scrape = await Scrape.UntilAsync(_server, s => s["http_server_request_duration_seconds_count"] >= 1);

        Assert.True(scrape["dotnet_process_memory_working_set_bytes"] > 1 << 20);
        Assert.True(scrape["kestrel_active_connections"] >= 1);
    }

    [Fact]
    public async Task Metrics_WhileSpeakingAndAfter_TellOfTheTurn()
    {
        var session = await _server.Client.CreateSessionAsync();
        await using var talk = await Talk.BeginAsync(_server, session.Id, TimeSpan.FromSeconds(2));

        var during = await Scrape.UntilAsync(_server, s => s["avatar_session_talking"] == 1);
        await talk.FinishAsync();
        var after = await Scrape.UntilAsync(_server, s => s["avatar_turn_ended_total", "avatar_turn_outcome=\"finished\""] == 1);

        Assert.Equal(1, during["avatar_session_active"]);
        Assert.True(during["avatar_speech_buffered_seconds"] > 0);
        Assert.Equal((1, 0), (after["avatar_session_active"], after["avatar_session_talking"]));
        Assert.Equal(1, after["avatar_speech_first_frame_duration_seconds_count"]);
        Assert.Equal(after["avatar_window_inference_duration_seconds_count"], after["avatar_window_wait_duration_seconds_count"]);
        // 50 frames in windows of at most 8.
        Assert.InRange(after["avatar_window_inference_duration_seconds_count"], 7, 60);
        Assert.Equal(0, after["avatar_window_waiting"]);
    }

    [Fact]
    public async Task Metrics_AfterInterruptAndFailure_TellTheOutcomes()
    {
        var session = await _server.Client.CreateSessionAsync();
        await using (var talk = await Talk.BeginAsync(_server, session.Id, TimeSpan.FromSeconds(5)))
            await talk.InterruptAsync();
        _server.Catalog.Animators.Single().Fail = new InvalidOperationException("as told");
        await using (var talk = await Talk.BeginAsync(_server, session.Id, TimeSpan.FromSeconds(1), untilHeard: false))
            await talk.FinishAsync();

        var scrape = await Scrape.UntilAsync(_server, s => s["avatar_turn_ended_total", "failed"] == 1 && s["avatar_turn_ended_total", "interrupted"] == 1);

        Assert.Equal(1, scrape["avatar_interrupt_duration_seconds_count"]);
        Assert.True(scrape["avatar_frame_dropped_total"] + scrape["avatar_speech_dropped_total"] > 50, "Five seconds of speech are 125 frames, and it was cut at once.");
        Assert.Equal(0, scrape["avatar_session_talking"]);
    }
}
