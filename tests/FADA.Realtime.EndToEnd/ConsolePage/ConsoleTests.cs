using FADA.Realtime.EndToEnd.Pattern;
using FADA.Realtime.EndToEnd.Viewing;
using Microsoft.Playwright;

namespace FADA.Realtime.EndToEnd.ConsolePage;

/// <summary>Tests of the console page itself: it is open and live in a real Chromium, before a server without a model.</summary>
public abstract class ConsoleTests : IAsyncLifetime
{
    private PatternServer? _server;
    private BrowserPage? _opened;

    private protected PatternServer Server => _server!;

    private protected BrowserPage Opened => _opened!;

    private protected IPage Page => Opened.Page;

    public virtual async Task InitializeAsync()
    {
        // Runs for skipped tests too.
        if (Chromium.Path is null)
            return;
        _server = await PatternServer.StartAsync();
        _opened = await _server.OpenConsoleAsync();
    }

    public Task DisposeAsync() => _server?.DisposeAsync().AsTask() ?? Task.CompletedTask;

    /// <summary>Waits until an element says this.</summary>
    private protected Task SaysAsync(string selector, string pattern) => Page.WaitForFunctionAsync(
        "([selector, pattern]) => new RegExp(pattern).test(document.querySelector(selector).textContent)", new[] { selector, pattern });
}
