using FADA.Realtime.Client;

namespace FADA.Realtime.Bench.Hosting;

/// <summary>A server of the bench's own with the two clients that talk to it.</summary>
internal sealed class OwnServer : IAsyncDisposable
{
    private readonly ServerProcess _process;

    private OwnServer(ServerProcess process)
    {
        _process = process;
        Client = new FadaClient(process.Grpc);
        Http = new HttpClient { BaseAddress = process.Page };
    }

    public FadaClient Client { get; }

    public HttpClient Http { get; }

    public int ProcessId => _process.Id;

    public string Model => _process.Model;

    /// <summary>Starts a server, does work with it and stops it.</summary>
    /// <exception cref="BenchException">It did not start, or ended in the middle.</exception>
    public static async Task<T> UseAsync<T>(ServerCommand command, IEnumerable<string> arguments, Func<OwnServer, Task<T>> work, CancellationToken cancellation)
    {
        await using var server = new OwnServer(await ServerProcess.StartAsync(command, arguments, cancellation));
        return await server._process.GuardAsync(() => work(server));
    }

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await _process.DisposeAsync();
    }
}
