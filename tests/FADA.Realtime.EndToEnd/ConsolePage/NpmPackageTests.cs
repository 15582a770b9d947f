using System.Diagnostics;
using System.Text.Json;
using FADA.Realtime.EndToEnd.Hosting;
using FADA.Realtime.EndToEnd.Viewing;

namespace FADA.Realtime.EndToEnd.ConsolePage;

/// <summary>The element as an npm package: what is in it, and that it plays on a page that is not the console.</summary>
public sealed class NpmPackageTests : ConsoleTests
{
    private static readonly string[] Modules = ["exchange", "fada-avatar", "player-stats", "problem"];

    [PackedFact]
    public async Task Package_WhenPacked_HoldsTheElementAndNothingElse()
    {
        var packed = await PackAsync();

        string[] expected = ["LICENSE", "README.md", "package.json", .. Modules.SelectMany(m => new[] { $"dist/{m}.d.ts", $"dist/{m}.js" })];
        Assert.Equal(expected.Order(StringComparer.Ordinal), packed.Order(StringComparer.Ordinal));
        using var package = JsonDocument.Parse(await File.ReadAllTextAsync(Path.Combine(WebFolder.Path, "package.json")));
        var entry = package.RootElement.GetProperty("exports").GetProperty(".");
        Assert.Contains(entry.GetProperty("default").GetString()!["./".Length..], packed);
        Assert.Contains(entry.GetProperty("types").GetString()!["./".Length..], packed);
    }

    [PackedFact]
    public async Task Element_FromThePackage_PlaysASessionOnABarePage()
    {
        await PackAsync();
        var session = await Opened.ReadAsync<string[]>("[fada.session.whepUrl, fada.session.token]");

        var bare = await Server.Browser.OpenAsync(new Uri(Server.Page, "healthz/live"));
        await bare.Page.RouteAsync("**/packed/*.js", route => route.FulfillAsync(new()
        {
            Path = Path.Combine(WebFolder.Path, "dist", Path.GetFileName(new Uri(route.Request.Url).LocalPath)),
            ContentType = "text/javascript",
        }));
        await bare.Page.RouteAsync("**/packed/index.html", route => route.FulfillAsync(new()
        {
            ContentType = "text/html",
            Body = $"""
                <!doctype html>
                <script type="module" src="fada-avatar.js"></script>
                <fada-avatar muted label="A face" src="{session[0]}" token="{session[1]}"></fada-avatar>
                """,
        }));
        await bare.Page.GotoAsync(new Uri(Server.Page, "packed/index.html").ToString());

        await bare.Page.WaitForFunctionAsync("() => { const face = document.querySelector('fada-avatar'); return face?.state === 'live' && face.video.videoWidth === 256; }");
        Assert.Equal("A face", await bare.ReadAsync<string>("document.querySelector('fada-avatar').video.getAttribute('aria-label')"));
    }

    /// <summary>The files that npm would pack.</summary>
    private static async Task<string[]> PackAsync()
    {
        var start = new ProcessStartInfo("npm", ["pack", "--dry-run", "--json", "--silent"])
        {
            WorkingDirectory = WebFolder.Path,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var npm = Process.Start(start)!;
        using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(2));
        var (told, error) = (npm.StandardOutput.ReadToEndAsync(timeout.Token), npm.StandardError.ReadToEndAsync(timeout.Token));
        await npm.WaitForExitAsync(timeout.Token);
        Assert.True(npm.ExitCode == 0, await error);
        using var json = JsonDocument.Parse(await told);
        return [.. json.RootElement[0].GetProperty("files").EnumerateArray().Select(f => f.GetProperty("path").GetString()!)];
    }
}
