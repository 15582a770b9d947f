namespace FADA.Realtime.Model.Backend;

/// <summary>How a backend really ran what it was given.</summary>
/// <param name="Captures">Graphs captured so far.</param>
/// <param name="Replays">Runs that were one launch of a graph.</param>
/// <param name="EagerRuns">Runs that were launched operator by operator.</param>
/// <param name="Reason">Why runs are eager, in a sentence; null where nothing kept graphs from being used.</param>
public readonly record struct GraphUse(long Captures, long Replays, long EagerRuns, string? Reason);
