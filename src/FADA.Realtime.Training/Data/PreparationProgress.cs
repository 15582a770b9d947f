namespace FADA.Realtime.Training.Data;

/// <summary>How far preparation is.</summary>
/// <param name="Done">Clips finished, used or not.</param>
/// <param name="Total">Clips to do.</param>
/// <param name="Clip">The clip just finished.</param>
/// <param name="Problem">Why that clip was skipped, or null.</param>
public readonly record struct PreparationProgress(int Done, int Total, string Clip, string? Problem);
