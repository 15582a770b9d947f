namespace FADA.Realtime.Streaming.Tests;

/// <summary>Tests that change or measure what belongs to the whole process: nothing else runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class AloneCollection
{
    public const string Name = "alone";
}
