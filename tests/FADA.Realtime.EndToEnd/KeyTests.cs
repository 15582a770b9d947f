using FADA.Realtime.Client;
using FADA.Realtime.EndToEnd.Hosting;
using FADA.Realtime.EndToEnd.Viewing;
using FADA.Realtime.Server.Auth;
using FADA.Realtime.V1;

namespace FADA.Realtime.EndToEnd;

/// <summary>A server that wants a key, as people meet it in a browser.</summary>
public sealed class KeyTests
{
    [BrowserFact]
    public async Task Page_OfServerWithKeys_AsksOnceAndThenLives()
    {
        var key = ApiKey.Create("backend");
        await using var server = await StartAsync(key);
        await using var chromium = await Chromium.LaunchAsync();
        var page = (await chromium.OpenAsync(server.Page)).Page;

        await page.FillAsync("#key", ApiKey.Create("backend").Value);
        await page.ClickAsync("#key-form button[type=submit]");
        await page.WaitForFunctionAsync("() => document.getElementById('key-problem').textContent.includes('does not know')");
        await page.FillAsync("#key", key.Value);
        await page.ClickAsync("#key-form button[type=submit]");
        await page.WaitForFunctionAsync("() => window.fada.state === 'live'");
        Assert.True(await page.EvaluateAsync<bool>("() => [...document.querySelectorAll('#avatars img')].every(i => i.src.startsWith('blob:'))"));

        // In this tab the key is known.
        await page.ReloadAsync();
        await page.WaitForFunctionAsync("() => window.fada.state === 'live'");
        Assert.False(await page.EvaluateAsync<bool>("() => document.getElementById('key-dialog').open"));
        Assert.DoesNotContain(key.Value, page.Url, StringComparison.Ordinal);
        Assert.DoesNotContain(key.Value, server.Log, StringComparison.Ordinal);
    }

    [BrowserFact]
    public async Task Link_WithAViewersToken_ShowsTheFaceWithoutAKey()
    {
        var key = ApiKey.Create("backend");
        await using var server = await StartAsync(key);
        using var client = new FadaClient(server.Grpc, key: key.Value);
        var session = await client.CreateSessionAsync();
        var viewer = await client.IssueTokenAsync(session.Id, TokenRole.Viewer);
        await using var chromium = await Chromium.LaunchAsync();

        var page = (await chromium.OpenAsync(new Uri(server.Page, $"/?session={session.Id}#{viewer.Token}"))).Page;

        await page.WaitForFunctionAsync("() => window.fada.state === 'live'");
        Assert.False(await page.EvaluateAsync<bool>("() => document.getElementById('key-dialog').open"));
        Assert.Equal("", await page.TextContentAsync("#alert"));
    }

    private static Task<FadaServerProcess> StartAsync(ApiKey key) =>
        FadaServerProcess.StartAsync(new Dictionary<string, string> { [$"Fada__Auth__Keys__{key.Name}"] = key.Hash });
}
