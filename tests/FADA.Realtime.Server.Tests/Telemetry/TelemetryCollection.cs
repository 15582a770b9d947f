namespace FADA.Realtime.Server.Tests.Telemetry;

/// <summary>Not beside other tests: whoever listens to a meter hears every server of the process.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class TelemetryCollection
{
    public const string Name = "telemetry";
}
