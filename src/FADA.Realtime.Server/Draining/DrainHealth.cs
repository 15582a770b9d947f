using FADA.Realtime.Server.Sessions;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace FADA.Realtime.Server.Draining;

/// <summary>A server that is about to stop is not to be sent anybody.</summary>
internal sealed class DrainHealth(SessionRegistry registry) : IHealthCheck
{
    public Task<HealthCheckResult> CheckHealthAsync(HealthCheckContext context, CancellationToken cancellationToken = default) =>
        Task.FromResult(registry.Draining ? HealthCheckResult.Unhealthy("The server is about to stop.") : HealthCheckResult.Healthy());
}
