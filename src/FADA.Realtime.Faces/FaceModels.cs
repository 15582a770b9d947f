namespace FADA.Realtime.Faces;

/// <summary>Where the face networks lie on disk (npm package @vladmandic/human, MIT; fetched, not shipped).</summary>
public static class FaceModels
{
    /// <summary>Names the folder that holds blazeface.json and its siblings, in place of the search for .models.</summary>
    public const string Variable = "FADA_MODELS";

    private static readonly string Below = Path.Combine(".models", "human", "models");

    /// <summary>
    /// The folder of the networks: <see cref="Variable"/> (itself, or a .models root), else the first
    /// .models/human/models found upward from the program and from the current directory.
    /// </summary>
    /// <exception cref="FaceModelException">There is none; the message says how to get it.</exception>
    public static string Folder()
    {
        if (Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } named)
        {
            var nested = Path.Combine(named, "human", "models");
            return Directory.Exists(nested) ? nested : Directory.Exists(named) ? named : throw Missing(named);
        }
        foreach (var start in new[] { AppContext.BaseDirectory, Environment.CurrentDirectory })
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
                if (Path.Combine(folder.FullName, Below) is var candidate && Directory.Exists(candidate))
                    return candidate;
        throw Missing(Below);
    }

    internal static FaceModelException Missing(string path) => new(
        $"The face network {path} is missing: run scripts/fetch-face-models (npm client needed), or set {Variable} to the folder that holds it.");
}
