using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

/// <summary>Finds the parity fixtures: FADA_PARITY names their folder, or they lie in ../shared/data/parity beside the repository.</summary>
internal static class ParityFixtures
{
    public const string WhyMissing = "The parity fixtures are not here: set FADA_PARITY to their folder, or put them into ../shared/data/parity beside the repository.";

    public static string? Folder { get; } = Find();

    public static SafetensorsFile Open(string name) => SafetensorsFile.Open(Path.Combine(Folder!, $"{name}.safetensors"));

    public static string PathOf(string name) => Path.Combine(Folder!, name);

    private static string? Find()
    {
        if (Environment.GetEnvironmentVariable("FADA_PARITY") is { Length: > 0 } named)
            return Directory.Exists(named) ? named : null;
        // Build outputs may lie outside of the repository, so the sources' own place counts too.
        foreach (var start in new[] { AppContext.BaseDirectory, SourceFolder(), Directory.GetCurrentDirectory() })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, "shared", "data", "parity") is var candidate && Directory.Exists(candidate))
                    return candidate;
        return null;
    }

    private static string SourceFolder([System.Runtime.CompilerServices.CallerFilePath] string file = "") => Path.GetDirectoryName(file)!;
}
