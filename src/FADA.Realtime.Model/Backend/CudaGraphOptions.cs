namespace FADA.Realtime.Model.Backend;

/// <summary>Bounds of a <see cref="CudaGraphBackend"/>.</summary>
internal sealed record CudaGraphOptions
{
    /// <summary>Graphs kept; each holds the memory of a whole window. The one unused for longest goes first.</summary>
    public int MaxGraphs { get; init; } = 12;

    /// <summary>Runs before a capture: libraries make their workspaces and pick their algorithms in the first ones.</summary>
    public int WarmUps { get; init; } = 3;

    /// <summary>After this many failures nothing is captured or replayed any more.</summary>
    public int MaxFailures { get; init; } = 4;
}
