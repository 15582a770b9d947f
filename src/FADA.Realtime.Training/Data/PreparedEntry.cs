using System.Text.Json.Serialization;

namespace FADA.Realtime.Training.Data;

/// <summary>One clip in the cache's manifest.json: where its data lie, or why it was skipped.</summary>
public sealed record PreparedEntry
{
    /// <summary>Path in the corpus.</summary>
    public required string Clip { get; init; }

    public required string Speaker { get; init; }
    public required string LicenceClass { get; init; }

    /// <summary>Cache file below the output folder; null when skipped.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Path { get; init; }

    /// <summary>"train", "test" or "unseen".</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Split { get; init; }

    public int Frames { get; init; }

    /// <summary>Correction applied to the sound (see <see cref="ClipOffset"/>).</summary>
    public int OffsetMs { get; init; }

    public int MeasuredOffsetMs { get; init; }
    public float PeakCorrelation { get; init; }
    public float OffsetConfidence { get; init; }

    /// <summary>Why the clip is not used; null when it is.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public string? Skipped { get; init; }
}
