using FADA.Realtime.Client;
using FADA.Realtime.EndToEnd.Pattern;
using FADA.Realtime.EndToEnd.Viewing;
using FADA.Realtime.Server;
using FADA.Realtime.Server.Configuration;
using Xunit.Abstractions;

namespace FADA.Realtime.EndToEnd;

/// <summary>Sound and picture at the receiver: a stamp in the picture, a click in the sound, both driven by the same samples.</summary>
public sealed class SyncTests(ITestOutputHelper output)
{
    private const int Seconds = 16;

    /// <summary>The receiver brings sound and picture together within its first seconds.</summary>
    private const int SettlingFlashes = 4;

    [BrowserFact]
    public async Task Viewer_OfClicksThatFlash_SeesAndHearsThemTogether()
    {
        var offset = await MeasureAsync("pattern");

        output.WriteLine($"sound against picture: {offset}");
        Assert.InRange(offset.Pairs, 6, Seconds);
        Assert.InRange(offset.Median, -80, 80);
    }

    [BrowserFact]
    public async Task Measurement_OfFlashesThatAreLate_SeesTheirDelay()
    {
        var offset = await MeasureAsync("late");

        output.WriteLine($"flashes 200 ms late: {offset}");
        Assert.InRange(offset.Pairs, 6, Seconds);
        Assert.InRange(offset.Median, -280, -120);
    }

    private static async Task<AvOffset> MeasureAsync(string avatar)
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        await using var server = FadaServer.Build(new FadaServerOptions { Port = 0 }, new PatternCatalog());
        await server.StartAsync(timeout.Token);
        using var client = new FadaClient(server.GrpcAddress);
        var session = await client.CreateSessionAsync(avatar, cancellation: timeout.Token);

        await using var chromium = await Chromium.LaunchAsync();
        var page = await chromium.OpenAsync(server.PageAddress);
        foreach (var script in new[] { "viewer.js", "frame-probe.js", "sound-probe.js" })
            await page.AddScriptAsync(script);
        await page.RunAsync($"watch('{session.WhepUrl}', '{session.Token}')");
        await page.RunAsync("(async () => { window.sound = soundProbe(viewer.stream); window.frames = frameProbe(viewer.video, { flash: [0.3, 0.3, 0.4, 0.4] }); })()");

        await using var conversation = await client.ConverseAsync(session.Id, 16_000, timeout.Token);
        var finished = WaitUntilFinishedAsync(conversation, timeout.Token);
        await conversation.SpeakAsync(Blocks(ClickTrack.Make(Seconds)), timeout.Token);
        await conversation.EndTurnAsync(timeout.Token);
        await finished;
        await Task.Delay(TimeSpan.FromSeconds(1), timeout.Token);

        var flashes = AvOffset.Flashes(await page.ReadAsync<List<ProbedFrame>>("frames.frames"), "flash");
        return AvOffset.Of([.. flashes.Skip(SettlingFlashes)], await page.ReadAsync<List<double>>("sound.clicks"));
    }

    private static async Task WaitUntilFinishedAsync(Conversation conversation, CancellationToken cancellation)
    {
        await foreach (var told in conversation.ReadEventsAsync(cancellation))
            if (told is ConversationEvent.SpeechFinished)
                return;
    }

    private static async IAsyncEnumerable<ReadOnlyMemory<short>> Blocks(short[] speech)
    {
        await Task.CompletedTask;
        yield return speech;
    }
}
