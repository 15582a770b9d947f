namespace FADA.Realtime.Streaming.Animation;

/// <summary>What is stored beside an avatar's portrait.png, as avatar.json.</summary>
internal sealed record AvatarRecord
{
    public required string Name { get; init; }
    public required string Source { get; init; }
    public required string Consent { get; init; }

    /// <summary>Picture pixels to crop pixels, the 2x3 matrix row by row.</summary>
    public required float[] ToCrop { get; init; }
    public DateTimeOffset Created { get; init; }
}
