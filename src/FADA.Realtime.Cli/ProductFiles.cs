using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Cli;

/// <summary>Where the product's own files lie: the checkpoint and the built-in avatars, beside the program or in the checkout above it.</summary>
internal static class ProductFiles
{
    public const string Checkpoint = "fada-tiny.safetensors";

    /// <summary>The folder "models" of the checkout or the installation.</summary>
    public static string Models =>
        Ancestors().Select(d => Path.Combine(d, "models")).FirstOrDefault(d => Directory.Exists(Path.Combine(d, "avatars")))
        ?? Path.Combine(AppContext.BaseDirectory, "models");

    /// <summary>The network that judges how sound and lips fit; null where it was not installed.</summary>
    public static string? SyncExpert => Path.Combine(Models, "fada-sync.safetensors") is var path && File.Exists(path) ? path : null;

    /// <summary>The checkpoint: the shipped one, or the one of a folder or file that the user named.</summary>
    public static string CheckpointOf(FileSystemInfo? model) => model switch
    {
        null => Path.Combine(Models, Checkpoint),
        _ when File.Exists(model.FullName) => model.FullName,
        _ => Path.Combine(model.FullName, Checkpoint),
    };

    public static AvatarCatalogOptions Catalog(FileSystemInfo? model, DirectoryInfo? avatars, DeviceChoice? device = null) => new()
    {
        Model = CheckpointOf(model),
        BuiltIn = Path.Combine(Models, "avatars"),
        Device = device,
        Log = Console.Error.WriteLine,
        Folder = avatars?.FullName ?? Path.GetFullPath(Path.Combine(".data", "avatars")),
    };

    private static IEnumerable<string> Ancestors()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            yield return folder.FullName;
    }
}
