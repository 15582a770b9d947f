namespace FADA.Realtime.Bench;

/// <summary>How far a bench is.</summary>
/// <param name="Done">Runs done.</param>
/// <param name="Total">All runs; 0 where nobody knows yet.</param>
/// <param name="Note">A few words on what is measured now.</param>
public readonly record struct BenchProgress(long Done, long Total, string Note);
