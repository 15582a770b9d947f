using System.Collections;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Sessions;
using FADA.Realtime.Streaming.Telemetry;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;

namespace FADA.Realtime.Server.Telemetry;

/// <summary>Metrics for whoever scrapes; metrics and traces to a collector where the environment names one.</summary>
internal static class TelemetrySetup
{
    public const string Path = "/metrics";
    private const string Prefix = "OTEL_";
    private const string Endpoint = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>This program's meter, ASP.NET Core's (requests, connections) and .NET's (memory, threads, collections).</summary>
    private static readonly string[] Meters =
        [StreamingMetrics.MeterName, "Microsoft.AspNetCore.Hosting", "Microsoft.AspNetCore.Server.Kestrel", "System.Runtime"];

    /// <exception cref="FadaConfigurationException">The collector's address is none.</exception>
    public static void AddTelemetry(this WebApplicationBuilder builder)
    {
        // The only variables that this host reads: they are OpenTelemetry's own, the same for every program.
        builder.Configuration.AddInMemoryCollection(Variables());
        builder.Services.AddSingleton<ServerMetrics>();

        var telemetry = builder.Services.AddOpenTelemetry().ConfigureResource(r => r.AddService("fada-realtime", autoGenerateServiceInstanceId: true).AddEnvironmentVariableDetector());
        telemetry.WithMetrics(metrics => metrics.AddMeter(Meters).AddPrometheusExporter());
        if (!HasCollector(builder.Configuration[Endpoint]))
            return;
        telemetry.WithMetrics(metrics => metrics.AddOtlpExporter());
        telemetry.WithTracing(traces => traces
            .AddSource(Tracing.SourceName)
            .AddAspNetCoreInstrumentation(requests => requests.Filter = IsWork)
            .AddOtlpExporter());
    }

    /// <summary>Makes the instruments now and not with the first session, and whoever listens before them.</summary>
    public static void StartTelemetry(this WebApplication app)
    {
        _ = app.Services.GetRequiredService<MeterProvider>();
        app.Services.GetRequiredService<ServerMetrics>().Watch(app.Services.GetRequiredService<SessionRegistry>());
    }

    private static bool IsWork(HttpContext context) =>
        !context.Request.Path.StartsWithSegments(Path) && !context.Request.Path.StartsWithSegments("/healthz");

    private static bool HasCollector(string? endpoint)
    {
        if (string.IsNullOrEmpty(endpoint))
            return false;
        return Uri.TryCreate(endpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"
            ? true
            : throw new FadaConfigurationException($"{Endpoint} is '{endpoint}'; it must be an address such as http://127.0.0.1:4317, or unset.");
    }

    private static IEnumerable<KeyValuePair<string, string?>> Variables() =>
        Environment.GetEnvironmentVariables().Cast<DictionaryEntry>()
            .Where(variable => ((string)variable.Key).StartsWith(Prefix, StringComparison.Ordinal))
            .Select(variable => KeyValuePair.Create((string)variable.Key, (string?)variable.Value));
}
