using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Sessions;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Draining;

/// <summary>
/// Ends a server without cutting anybody off: nothing new is begun, what is being said is said to its end, and each
/// session closes when it has fallen silent. The server still answers meanwhile, so that whoever asks is told why.
/// </summary>
internal sealed partial class SessionDrain(
    SessionRegistry registry, FadaServerOptions options, TimeProvider time, ILogger<SessionDrain> logger) : IHostedLifecycleService
{
    /// <summary>What the host is given for everything after the drain.</summary>
    public static readonly TimeSpan CloseTimeout = TimeSpan.FromSeconds(5);

    private static readonly TimeSpan QuietCheck = TimeSpan.FromMilliseconds(100);

    private bool _begun;

    /// <summary>Before any other part of the host stops, the one that listens included.</summary>
    public async Task StoppingAsync(CancellationToken cancellationToken)
    {
        if (Interlocked.Exchange(ref _begun, true))
            return;
        registry.BeginDrain();
        var sessions = registry.List();
        if (sessions.Count == 0)
            return;
        LogDraining(sessions.Count, options.ShutdownTimeout.TotalSeconds);
        using var bound = new CancellationTokenSource(options.ShutdownTimeout, time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(bound.Token, cancellationToken);
        // A session that does not close in time must not keep the others' requests from ending.
        await Task.WhenAll(sessions.Select(s => DrainAsync(s, either.Token)))
            .WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        LogDrained();
    }

    public Task StartingAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StartedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    public Task StoppedAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task DrainAsync(LiveSession session, CancellationToken bound)
    {
        try
        {
            // Twice quiet, so that speech on its way from a request to the face is not taken for silence, and the end
            // of a turn was told.
            for (var quiet = 0; quiet < 2; quiet = session.Quiet ? quiet + 1 : 0)
                await Task.Delay(QuietCheck, time, bound);
        }
        catch (OperationCanceledException)
        {
            if (!session.Quiet)
                LogCut(session.Id);
        }

        try
        {
            await registry.CloseAsync(session);
        }
        catch (Exception e)
        {
            LogFailed(e, session.Id);
        }
    }

    [LoggerMessage(320, LogLevel.Information, "Stopping; {Count} sessions are open, and turns may go on for up to {Seconds} s")]
    private partial void LogDraining(int count, double seconds);

    [LoggerMessage(321, LogLevel.Warning, "Session {Id} was still speaking when the time was up; it is cut")]
    private partial void LogCut(string id);

    [LoggerMessage(322, LogLevel.Error, "Closing session {Id} failed")]
    private partial void LogFailed(Exception exception, string id);

    [LoggerMessage(323, LogLevel.Information, "All sessions are closed")]
    private partial void LogDrained();
}
