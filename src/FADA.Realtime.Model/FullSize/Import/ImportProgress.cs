namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>How far the writing is, in bytes.</summary>
public readonly record struct ImportProgress(long Done, long Total, string Part);
