using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Hosting;
using FADA.Realtime.Streaming.Animation;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace FADA.Realtime.Server;

/// <summary>The live server: one port for pages, WHEP and WHIP (HTTP/1.1), one for gRPC (HTTP/2 without TLS).</summary>
public sealed class FadaServer : IAsyncDisposable
{
    private readonly WebApplication _app;
    private readonly FadaServerOptions _options;

    private FadaServer(WebApplication app, FadaServerOptions options) => (_app, _options) = (app, options);

    /// <summary>Of the console page; known once started.</summary>
    public Uri PageAddress { get; private set; } = null!;

    /// <summary>For gRPC clients; known once started.</summary>
    public Uri GrpcAddress { get; private set; } = null!;

    public IServiceProvider Services => _app.Services;

    /// <summary>Makes a server that is not started yet.</summary>
    /// <param name="catalog">The avatars; stays the caller's, to be disposed after the server.</param>
    /// <param name="configure">Changes to the host, such as logging.</param>
    /// <exception cref="FadaConfigurationException">An option will not do.</exception>
    public static FadaServer Build(FadaServerOptions options, IAvatarCatalog catalog, Action<WebApplicationBuilder>? configure = null)
    {
        OptionsValidator.Check(options);
        // Empty: no files, environment variables or arguments beside the options can change what the server does
        // (OpenTelemetry's variables change where it is reported).
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions { ApplicationName = "FADA.Realtime" });
        HostSetup.Services(builder, options, catalog);
        configure?.Invoke(builder);
        var app = builder.Build();
        HostSetup.Routes(app);
        return new FadaServer(app, options);
    }

    /// <summary>Starts a server, says where it listens and serves until the process is told to stop.</summary>
    /// <param name="ready">Called once, when it listens.</param>
    /// <exception cref="FadaConfigurationException">It cannot start: an option, or a port in use.</exception>
    public static async Task RunAsync(
        FadaServerOptions options,
        IAvatarCatalog catalog,
        Action<FadaServer> ready,
        Action<WebApplicationBuilder>? configure = null,
        CancellationToken cancellation = default)
    {
        await using var server = Build(options, catalog, configure);
        await server.StartAsync(cancellation);
        ready(server);
        await server.WaitForShutdownAsync(cancellation);
    }

    /// <exception cref="FadaConfigurationException">A port is in use, or the address is not of this machine.</exception>
    public async Task StartAsync(CancellationToken cancellation = default)
    {
        try
        {
            await _app.StartAsync(cancellation);
        }
        catch (IOException e)
        {
            throw ListenFailure.Explain(_options, e);
        }

        // In the order in which they were asked for.
        var addresses = _app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.ToList();
        PageAddress = new Uri(addresses[0]);
        GrpcAddress = new Uri(addresses[1]);
    }

    /// <summary>
    /// Until the process is told to stop (SIGTERM, Ctrl-C) or the token is cancelled; then begins nothing new, lets turns
    /// end (<see cref="FadaServerOptions.ShutdownTimeout"/>) and stops in order.
    /// </summary>
    public Task WaitForShutdownAsync(CancellationToken cancellation = default) => _app.WaitForShutdownAsync(cancellation);

    /// <summary>Lets turns end, closes all sessions and stops listening.</summary>
    public Task StopAsync(CancellationToken cancellation = default) => _app.StopAsync(cancellation);

    public async ValueTask DisposeAsync()
    {
        await _app.StopAsync();
        await _app.DisposeAsync();
    }
}
