using System.Collections.Concurrent;
using System.Diagnostics;
using System.Text.Json;

namespace FADA.Realtime.EndToEnd.Hosting;

/// <summary>`fada serve` as a user starts it: a process of its own, on a free loopback port, ended by its id.</summary>
internal sealed class FadaServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);
    private const int KeptLines = 200;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private FadaServerProcess(Process process) => _process = process;

    /// <summary>Of the console page, with a slash at its end.</summary>
    public Uri Page { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public bool IsRunning => !_process.HasExited;

    /// <summary>The last lines that the server wrote, for the message of a failed test.</summary>
    public string Log => string.Join('\n', _log);

    public static Task<FadaServerProcess> StartAsync(params string[] arguments) => StartAsync(new Dictionary<string, string>(), arguments);

    /// <param name="settings">Environment variables beside those of the test.</param>
    public static async Task<FadaServerProcess> StartAsync(IReadOnlyDictionary<string, string> settings, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "fada.dll"), "serve", "--port", "0", "--drain", "0", "--json", .. arguments])
            start.ArgumentList.Add(argument);
        foreach (var (name, value) in settings)
            start.Environment[name] = value;
        var server = new FadaServerProcess(Process.Start(start)!);
        try
        {
            server._process.StandardInput.Close();
            server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
            server._process.BeginErrorReadLine();
            await server.WaitUntilReadyAsync().WaitAsync(StartTimeout);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGTERM first: the server is to close its sessions as it does in service.
            using (var term = Process.Start("kill", ["-TERM", _process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]))
                await term.WaitForExitAsync();
            using var timeout = new CancellationTokenSource(StopTimeout);
            try
            {
                await _process.WaitForExitAsync(timeout.Token);
            }
            catch (OperationCanceledException)
            {
                _process.Kill(entireProcessTree: true);
            }
        }

        _process.Dispose();
    }

    private async Task WaitUntilReadyAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
        {
            Keep(line);
            if (!line.StartsWith('{'))
                continue;
            using var ready = JsonDocument.Parse(line);
            Page = new Uri(ready.RootElement.GetProperty("url").GetString()!);
            Grpc = new Uri(ready.RootElement.GetProperty("grpc_url").GetString()!);
            // The rest of stdout is read too, so that a full pipe never stops the server.
            _ = DrainAsync();
            return;
        }

        throw new InvalidOperationException($"fada serve ended before it was ready:\n{Log}");
    }

    private async Task DrainAsync()
    {
        while (await _process.StandardOutput.ReadLineAsync() is { } line)
            Keep(line);
    }

    private void Keep(string? line)
    {
        if (line is null)
            return;
        _log.Enqueue(line);
        while (_log.Count > KeptLines)
            _log.TryDequeue(out _);
    }
}
