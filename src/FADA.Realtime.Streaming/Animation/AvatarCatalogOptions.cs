using FADA.Realtime.Model.Runtime;

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

    /// <summary>Where the networks run; null: on the CPU.</summary>
    public DeviceChoice? Device { get; init; }

    /// <summary>Whether a CUDA device captures windows as graphs.</summary>
    public bool Graphs { get; init; } = true;

    /// <summary>Told in a sentence what the device does differently from what was asked; called from any thread.</summary>
    public Action<string> Log { get; init; } = _ => { };

    /// <summary>Folder of the face networks; null: searched as <see cref="FADA.Realtime.Faces.FaceModels"/> does.</summary>
    public string? FaceModels { get; init; }

    /// <summary>Prepared avatars kept in memory while no session uses them (an idle loop is about 28 MB).</summary>
    public int Kept { get; init; } = 4;
}
