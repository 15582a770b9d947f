namespace FADA.Realtime.Training.Data;

/// <summary>What a run of <see cref="DataPreparer"/> made; also the content of manifest.json.</summary>
public sealed record PreparationReport
{
    public int CropSize { get; init; }
    public int Fps { get; init; }
    public int SampleRate { get; init; }
    public int Used { get; init; }
    public int Skipped { get; init; }
    public int Frames { get; init; }

    /// <summary>Clips whose sound was moved.</summary>
    public int OffsetsCorrected { get; init; }

    public double Seconds { get; init; }
    public required IReadOnlyList<PreparedEntry> Clips { get; init; }
}
