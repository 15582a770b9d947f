namespace FADA.Realtime.Streaming.Animation;

/// <summary>Where a catalog finds its model and its avatars.</summary>
public sealed record AvatarCatalogOptions
{
    /// <summary>The checkpoint (safetensors).</summary>
    public required string Model { get; init; }

    /// <summary>Avatars that ship with the product; read only. The one named "default" comes first.</summary>
    public required string BuiltIn { get; init; }

    /// <summary>Avatars that users add.</summary>
    public required string Folder { get; init; }

    /// <summary>Folder of the face networks; null: searched as <see cref="FADA.Realtime.Faces.FaceModels"/> does.</summary>
    public string? FaceModels { get; init; }

    /// <summary>Prepared avatars kept in memory while no session uses them (an idle loop is about 28 MB).</summary>
    public int Kept { get; init; } = 4;
}
