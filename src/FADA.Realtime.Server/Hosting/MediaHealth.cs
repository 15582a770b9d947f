using FADA.Realtime.Media;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Sessions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FADA.Realtime.Server.Hosting;

/// <summary>Ready means: media works, and there is room for another session.</summary>
internal sealed class MediaHealth(SessionRegistry registry, FadaServerOptions options) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default)
    {
        try
        {
            GStreamerRuntime.Initialize();
        }
        catch (MediaException e)
        {
            return Task.FromResult(HealthCheckResult.Unhealthy(e.Message, e));
        }

        return Task.FromResult(registry.List().Count < options.MaxSessions
            ? HealthCheckResult.Healthy(GStreamerRuntime.Version)
            : HealthCheckResult.Degraded($"All {options.MaxSessions} sessions are taken."));
    }
}
