using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using FADA.Realtime.EndToEnd.Viewing;
using FADA.Realtime.Server;
using FADA.Realtime.Server.Configuration;

namespace FADA.Realtime.EndToEnd.Pattern;

/// <summary>A server without a model and a Chromium that watches its console page: for tests of the page itself.</summary>
internal sealed class PatternServer : IAsyncDisposable
{
    private readonly FadaServer _server;
    private readonly HttpClient _http;

    private PatternServer(FadaServer server, Chromium browser)
    {
        (_server, Browser) = (server, browser);
        _http = new HttpClient { BaseAddress = server.PageAddress, Timeout = TimeSpan.FromSeconds(20) };
    }

    public Chromium Browser { get; }

    public Uri Page => _server.PageAddress;

    public static async Task<PatternServer> StartAsync()
    {
        var server = FadaServer.Build(new FadaServerOptions { Port = 0 }, new PatternCatalog());
        try
        {
            using var timeout = new CancellationTokenSource(TimeSpan.FromMinutes(1));
            await server.StartAsync(timeout.Token);
            return new PatternServer(server, await Chromium.LaunchAsync());
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>The console page once its face is live and its controls are in use.</summary>
    public async Task<BrowserPage> OpenConsoleAsync()
    {
        var page = await Browser.OpenAsync(Page);
        await page.RunAsync("fada.whenLive()");
        await page.Page.WaitForSelectorAsync("#style:enabled");
        return page;
    }

    /// <summary>What the server itself says of the page's session; the path is below that session's.</summary>
    public async Task<JsonElement> AskAsync(BrowserPage page, string path)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"/api/sessions/{await page.ReadAsync<string>("fada.session.id")}{path}");
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", await page.ReadAsync<string>("fada.session.token"));
        using var response = await _http.SendAsync(request);
        response.EnsureSuccessStatusCode();
        return await response.Content.ReadFromJsonAsync<JsonElement>();
    }

    public async ValueTask DisposeAsync()
    {
        _http.Dispose();
        await Browser.DisposeAsync();
        await _server.DisposeAsync();
    }
}
