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

    public static async Task<OwnServer> StartAsync(ServerCommand command, IEnumerable<string> arguments, CancellationToken cancellation) =>
        new(await ServerProcess.StartAsync(command, arguments, cancellation));

    public async ValueTask DisposeAsync()
    {
        Client.Dispose();
        Http.Dispose();
        await _process.DisposeAsync();
    }
}
