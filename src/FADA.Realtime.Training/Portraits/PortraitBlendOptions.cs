namespace FADA.Realtime.Training.Portraits;

/// <summary>Whose faces become one, and where the avatar goes.</summary>
public sealed record PortraitBlendOptions
{
    public const int FewestSpeakers = 3;

    /// <summary>Corpus folder: one folder of clips per speaker.</summary>
    public required string Input { get; init; }

    /// <summary>
    /// At least <see cref="FewestSpeakers"/>. All have the same share of the face; the first one's hair and clothes frame it,
    /// for averages of hair are fog.
    /// </summary>
    public required IReadOnlyList<string> Speakers { get; init; }

    /// <summary>Folder of avatars; portrait.png and avatar.json go to a folder <see cref="Name"/> in it.</summary>
    public required string Output { get; init; }

    /// <summary>[a-z0-9-]{1,64}.</summary>
    public required string Name { get; init; }

    /// <summary>How the source of the pictures is called in avatar.json.</summary>
    public string Corpus { get; init; } = "GRID";
    public string Licence { get; init; } = "CC BY 4.0";

    /// <summary>Clips searched for a speaker's neutral frame.</summary>
    public int ClipsPerSpeaker { get; init; } = 4;

    /// <summary>Of the grain.</summary>
    public int Seed { get; init; } = 1;

    /// <summary>Folder of the face networks; null: searched.</summary>
    public string? FaceModels { get; init; }
}
