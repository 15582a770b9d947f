using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;

namespace FADA.Realtime.Bench.Hosting;

/// <summary>A server of the bench's own: another process, on free loopback ports, ended by its id.</summary>
internal sealed class ServerProcess : IAsyncDisposable
{
    private static readonly TimeSpan StartTimeout = TimeSpan.FromMinutes(2);
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ExitGrace = TimeSpan.FromMilliseconds(500);
    private const int KeptLines = 40;

    private readonly Process _process;
    private readonly ConcurrentQueue<string> _log = new();

    private ServerProcess(Process process) => _process = process;

    public Uri Page { get; private set; } = null!;

    public Uri Grpc { get; private set; } = null!;

    public int Id => _process.Id;

    /// <summary>The name of the model, as the server says it.</summary>
    public string Model { get; private set; } = "";

    /// <summary>The last lines that the server wrote.</summary>
    public string Log => string.Join(' ', _log);

    /// <exception cref="BenchException">It did not start.</exception>
    public static async Task<ServerProcess> StartAsync(ServerCommand command, IEnumerable<string> arguments, CancellationToken cancellation)
    {
        var start = new ProcessStartInfo(command.Program) { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        // Whoever stops a bench waits for no turn.
        foreach (var argument in (string[])[.. command.Arguments, "--port", "0", "--drain", "0", "--json", .. arguments])
            start.ArgumentList.Add(argument);
        var server = new ServerProcess(Process.Start(start) ?? throw new BenchException($"{command.Program} could not be started."));
        try
        {
            server._process.StandardInput.Close();
            server._process.ErrorDataReceived += (_, line) => server.Keep(line.Data);
            server._process.BeginErrorReadLine();
            await server.WaitUntilReadyAsync().WaitAsync(StartTimeout, cancellation);
            return server;
        }
        catch (TimeoutException)
        {
            await server.DisposeAsync();
            throw new BenchException($"The server was not ready within {StartTimeout.TotalSeconds:0} s: {server.Log}");
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Does work that needs the server; where the server ended in the middle, that is the failure that is told.</summary>
    /// <exception cref="BenchException">The server ended.</exception>
    public async Task<T> GuardAsync<T>(Func<Task<T>> work)
    {
        try
        {
            return await work();
        }
        catch (Exception e) when (e is not OperationCanceledException && _process.WaitForExit(ExitGrace))
        {
            throw new BenchException($"The server ended in the middle, with exit code {_process.ExitCode}: {Log}", e);
        }
    }

    public async ValueTask DisposeAsync()
    {
        if (!_process.HasExited)
        {
            // SIGTERM first: the server closes its sessions as it does in service.
            using (var term = Process.Start("kill", ["-TERM", _process.Id.ToString(CultureInfo.InvariantCulture)]))
                await term.WaitForExitAsync(CancellationToken.None);
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
            if (!line.StartsWith('{'))
                continue;
            using var ready = JsonDocument.Parse(line);
            Page = new Uri(ready.RootElement.GetProperty("url").GetString()!);
            Grpc = new Uri(ready.RootElement.GetProperty("grpc_url").GetString()!);
            Model = ready.RootElement.GetProperty("model").GetString()!;
            // The rest of stdout is read too, so that a full pipe never stops the server.
            _ = DrainAsync();
            return;
        }

        // Its last words come on the other pipe.
        await Task.Delay(TimeSpan.FromMilliseconds(200));
        throw new BenchException($"The server ended before it was ready: {Log}");
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
