using FADA.Realtime.Server.Configuration;
using FADA.Realtime.Server.Tests.Doubles;
using Microsoft.Extensions.DependencyInjection;
using OpenTelemetry.Trace;

namespace FADA.Realtime.Server.Tests.Telemetry;

/// <summary>OTLP by the standard variables, which belong to the whole process: not beside other tests.</summary>
[Collection(TelemetryCollection.Name)]
public sealed class ExportTests : IDisposable
{
    private readonly List<string> _set = [];

    [Fact]
    public async Task Export_WithCollector_BringsMetricsAndTheTurnsSpans()
    {
        await using var collector = await Collector.StartAsync();
        Set("OTEL_EXPORTER_OTLP_ENDPOINT", collector.Address);
        Set("OTEL_EXPORTER_OTLP_PROTOCOL", "http/protobuf");
        Set("OTEL_METRIC_EXPORT_INTERVAL", "500");
        Set("OTEL_SERVICE_NAME", "my-avatars");
        await using (var server = await RunningServer.StartAsync())
        {
            var session = await server.Client.CreateSessionAsync();
            await using (var talk = await Talk.BeginAsync(server, session.Id, TimeSpan.FromSeconds(1)))
                await talk.FinishAsync();
            await server.Http.GetStringAsync("/healthz/live");
        }

        // The end of the server sends what it still holds.
        Assert.True(collector.Has("/v1/metrics", "my-avatars", "avatar.turn.ended", "http.server.request.duration", "dotnet.gc.collections"), "Metrics are missing.");
        Assert.True(collector.Has("/v1/traces", "avatar.turn", "avatar.receive", "avatar.window", "avatar.playout", "SessionService/Converse"), "Spans are missing.");
        Assert.False(collector.Has("/v1/traces", "/healthz/live"), "Health checks are no work to be traced.");
    }

    [Fact]
    public async Task Export_WithoutCollector_TracesNothing()
    {
        await using var server = await RunningServer.StartAsync();

        Assert.Null(server.Server.Services.GetService<TracerProvider>());
        Assert.False(Model.Runtime.Tracing.Source.HasListeners());
    }

    [Theory]
    [InlineData("collector")]
    [InlineData("ftp://collector:4317")]
    public async Task Start_CollectorIsNoAddress_NamesVariableAndValue(string endpoint)
    {
        Set("OTEL_EXPORTER_OTLP_ENDPOINT", endpoint);

        var refused = await Assert.ThrowsAsync<FadaConfigurationException>(() => RunningServer.StartAsync());

        Assert.StartsWith($"OTEL_EXPORTER_OTLP_ENDPOINT is '{endpoint}'; it must be", refused.Message, StringComparison.Ordinal);
    }

    public void Dispose() => _set.ForEach(name => Environment.SetEnvironmentVariable(name, null));

    private void Set(string name, string value)
    {
        _set.Add(name);
        Environment.SetEnvironmentVariable(name, value);
    }
}
