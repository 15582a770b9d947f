using System.Text.Json;
using System.Text.Json.Nodes;

namespace FADA.Realtime.Bench.Browser;

/// <summary>One open page: runs scripts in it and reads what they find. Every wait has an end.</summary>
internal sealed class BrowserPage(DevTools tools, string session)
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    /// <summary>Runs one of this project's scripts in the page.</summary>
    public async Task AddScriptAsync(string name, CancellationToken cancellation)
    {
        await using var stream = typeof(BrowserPage).Assembly.GetManifestResourceStream($"FADA.Realtime.Bench.Scripts.{name}")
            ?? throw new InvalidOperationException($"There is no script {name}.");
        using var reader = new StreamReader(stream);
        await EvaluateAsync(await reader.ReadToEndAsync(cancellation), Patience, cancellation);
    }

    /// <summary>The value of an expression; a promise is waited for.</summary>
    /// <exception cref="BenchException">It threw, or had no value in time.</exception>
    public async Task<T> ReadAsync<T>(string expression, CancellationToken cancellation, TimeSpan? timeout = null) =>
        (await EvaluateAsync(expression, timeout ?? Patience, cancellation)).Deserialize<T>(Json)!;

    /// <summary>Runs an expression for its effect; a promise is waited for.</summary>
    public Task RunAsync(string expression, CancellationToken cancellation) =>
        EvaluateAsync($"(async () => {{ await ({expression}); return null; }})()", Patience, cancellation);

    /// <summary>Waits until an expression is true.</summary>
    public async Task WaitForAsync(string condition, CancellationToken cancellation)
    {
        var until = DateTime.UtcNow + Patience;
        while (!await ReadAsync<bool>($"!!({condition})", cancellation))
        {
            if (DateTime.UtcNow > until)
                throw new BenchException($"The page did not come to be so within {Patience.TotalSeconds:0} s: {condition}");
            await Task.Delay(TimeSpan.FromMilliseconds(20), cancellation);
        }
    }

    private async Task<JsonNode?> EvaluateAsync(string expression, TimeSpan timeout, CancellationToken cancellation)
    {
        var parameters = new JsonObject { ["expression"] = expression, ["awaitPromise"] = true, ["returnByValue"] = true };
        var answer = await tools.CallAsync("Runtime.evaluate", parameters, session, timeout, cancellation);
        if (answer["exceptionDetails"] is not { } failure)
            return answer["result"]?["value"];
        var text = failure["exception"]?["description"]?.GetValue<string>() ?? failure["text"]?.GetValue<string>() ?? "unknown";
        throw new BenchException($"The page failed: {text.Split('\n')[0]}");
    }
}
