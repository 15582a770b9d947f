using System.Collections.Concurrent;
using System.Text.Json;
using Microsoft.Playwright;

namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>One open page with the scripts that measure what a viewer sees and hears.</summary>
internal sealed class BrowserPage
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);
    private readonly ConcurrentQueue<string> _errors = new();

    public BrowserPage(IPage page)
    {
        Page = page;
        page.PageError += (_, error) => _errors.Enqueue(error);
        page.Console += (_, message) =>
        {
            if (message.Type == "error")
                _errors.Enqueue(message.Text);
        };
    }

    public IPage Page { get; }

    /// <summary>What the page itself complained of.</summary>
    public IReadOnlyCollection<string> Errors => _errors;

    /// <summary>Adds one of the scripts of this project to the page.</summary>
    public async Task AddScriptAsync(string name)
    {
        await using var stream = typeof(BrowserPage).Assembly.GetManifestResourceStream($"FADA.Realtime.EndToEnd.Scripts.{name}")
            ?? throw new InvalidOperationException($"There is no script {name}.");
        using var reader = new StreamReader(stream);
        await Page.AddScriptTagAsync(new PageAddScriptTagOptions { Content = await reader.ReadToEndAsync() });
    }

    /// <summary>Runs an expression that gives JSON-able data.</summary>
    public async Task<T> ReadAsync<T>(string expression) =>
        JsonSerializer.Deserialize<T>(await Page.EvaluateAsync<string>($"async () => JSON.stringify(await ({expression}))"), Json)!;

    public Task RunAsync(string expression) => Page.EvaluateAsync($"async () => {{ await ({expression}); }}");

    /// <summary>Keeps a picture of the page in the test's output.</summary>
    public async Task<string> ScreenshotAsync(string name)
    {
        var folder = Environment.GetEnvironmentVariable("FADA_TEST_RESULTS") ?? Path.Combine(AppContext.BaseDirectory, "TestResults");
        var path = Path.Combine(folder, name);
        await Page.ScreenshotAsync(new PageScreenshotOptions { Path = path, FullPage = true });
        return path;
    }
}
