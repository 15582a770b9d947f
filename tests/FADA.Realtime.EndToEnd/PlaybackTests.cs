using System.Globalization;
using FADA.Realtime.EndToEnd.Hosting;
using FADA.Realtime.EndToEnd.Viewing;
using Xunit.Abstractions;

namespace FADA.Realtime.EndToEnd;

/// <summary>What a person sees who opens the console page: the shipped model, the default avatar, a real browser.</summary>
public sealed class PlaybackTests(ITestOutputHelper output)
{
    private const int WatchedSeconds = 20;

    [BrowserFact]
    public async Task ConsolePage_WhileASamplePlays_ShowsASmoothTalkingFaceThatRestsAfterwards()
    {
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(5));
        await using var server = await FadaServerProcess.StartAsync();
        await using var chromium = await Chromium.LaunchAsync();
        var page = await chromium.OpenAsync(server.Page);
        await page.RunAsync("fada.whenLive()");
        await ProbeAsync(page, server.Page, timeout.Token);

        // Silence first, to know what rest looks like.
        await Task.Delay(TimeSpan.FromSeconds(3), timeout.Token);
        var quiet = await LookAsync(page, TimeSpan.FromSeconds(4), timeout.Token);

        await page.RunAsync("fada.sample()");
        await page.Page.WaitForFunctionAsync("() => fada.events.some(e => e.type === 'speech_started')");
        await Task.Delay(TimeSpan.FromSeconds(1), timeout.Token);
        var before = await VideoTotals.ReadAsync(page);
        var speaking = await LookAsync(page, TimeSpan.FromSeconds(WatchedSeconds), timeout.Token);
        var after = await VideoTotals.ReadAsync(page);
        output.WriteLine($"screenshot: {await page.ScreenshotAsync("console-speaking.png")}");

        await page.RunAsync("fada.interrupt()");
        await page.Page.WaitForFunctionAsync("() => fada.events.some(e => e.type === 'speech_finished')");
        await Task.Delay(TimeSpan.FromSeconds(2), timeout.Token);
        var resting = await LookAsync(page, TimeSpan.FromSeconds(4), timeout.Token);

        var fps = (after.FramesDecoded - before.FramesDecoded) / ((after.Time - before.Time) / 1000);
        output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{after.FrameWidth}x{after.FrameHeight}, {fps:0.00} fps, {after.FreezeCount - before.FreezeCount} freezes"));
        output.WriteLine($"quiet {quiet}\nspeaking {speaking}\nresting {resting}");

        Assert.InRange(fps, 24, 26);
        Assert.Equal(before.FreezeCount, after.FreezeCount);
        Assert.InRange(speaking.LongestGap, 1, 200);
        Assert.InRange(speaking.Sound, 0.01, 1);
        Assert.InRange(Math.Max(quiet.Sound, resting.Sound), 0, 0.002);
        Assert.True(speaking.Mouth.Spread > 2, $"The mouth does not move in speech: {speaking}");
        Assert.True(speaking.Mouth.Spread > 2.5 * quiet.Mouth.Spread, $"The mouth moves before the speech ({quiet}) nearly as in it ({speaking}).");
        Assert.True(speaking.Mouth.Spread > 2.5 * resting.Mouth.Spread, $"The mouth moves at rest ({resting}) nearly as in speech ({speaking}).");
        Assert.Empty(page.Errors);
        Assert.True(server.IsRunning, server.Log);
    }

    private static async Task ProbeAsync(BrowserPage page, Uri address, CancellationToken cancellation)
    {
        using var http = new HttpClient { BaseAddress = address };
        var avatar = await page.ReadAsync<string>("fada.session.avatar");
        var mouth = MouthRegion.Of(await http.GetByteArrayAsync($"/api/avatars/{avatar}/portrait", cancellation));
        await page.AddScriptAsync("frame-probe.js");
        await page.AddScriptAsync("sound-probe.js");
        var box = string.Join(", ", mouth.Select(v => v.ToString("0.0000", CultureInfo.InvariantCulture)));
        await page.RunAsync("fada.unmute()");
        await page.RunAsync($"(async () => {{ window.frames = frameProbe(fada.video, {{ mouth: [{box}] }}); window.sound = soundProbe(fada.video.srcObject); }})()");
    }

    private static async Task<Look> LookAsync(BrowserPage page, TimeSpan duration, CancellationToken cancellation)
    {
        var from = await page.ReadAsync<double>("performance.now()");
        await Task.Delay(duration, cancellation);
        return await page.ReadAsync<Look>(string.Create(CultureInfo.InvariantCulture, $$"""
            (async () => {
              const from = {{from:0.0}}, to = performance.now();
              const times = frames.frames.filter((f) => f.time >= from && f.time <= to).map((f) => f.time);
              const gaps = times.slice(1).map((t, i) => t - times[i]);
              return { frames: times.length, longestGap: Math.max(0, ...gaps), mouth: frames.movement('mouth', from, to), sound: sound.level(from, to) };
            })()
            """));
    }

    /// <summary>What was seen and heard for a while.</summary>
    /// <param name="LongestGap">Between two frames, milliseconds.</param>
    /// <param name="Sound">Mean loudness, 0 to 1.</param>
    private sealed record Look(int Frames, double LongestGap, Movement Mouth, double Sound);

    /// <param name="Spread">Of the brightness between the lips over time, in steps of 0 to 255.</param>
    /// <param name="Change">Mean change of the pixels there from frame to frame.</param>
    private sealed record Movement(double Spread, double Change);
}
