using FADA.Realtime.Server.Configuration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace FADA.Realtime.Server.Sessions;

/// <summary>Closes unused sessions while the server runs, and all of them when it stops.</summary>
internal sealed partial class SessionKeeper(
    SessionRegistry registry, FadaServerOptions options, TimeProvider time, ILogger<SessionKeeper> logger) : BackgroundService
{
    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await registry.DisposeAsync();
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        var period = TimeSpan.FromTicks(Math.Clamp(options.IdleTimeout.Ticks / 4, TimeSpan.TicksPerMillisecond * 250, TimeSpan.TicksPerSecond * 15));
        using var timer = new PeriodicTimer(period, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await registry.ReapAsync() is > 0 and var count)
                    LogReaped(count);
            }
            catch (Exception e)
            {
                LogFailed(e);
            }
        }
    }

    [LoggerMessage(310, LogLevel.Information, "Closed {Count} unused sessions")]
    private partial void LogReaped(int count);

    [LoggerMessage(311, LogLevel.Error, "Closing unused sessions failed")]
    private partial void LogFailed(Exception exception);
}
