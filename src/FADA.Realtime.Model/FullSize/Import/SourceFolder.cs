using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>Finds the files of a published checkpoint where its authors' instructions put them, or beside each other.</summary>
internal static class SourceFolder
{
    /// <summary>The first of the given paths that is a file of the folder.</summary>
    /// <exception cref="WeightsException">None is there.</exception>
    public static string File(string folder, params string[] paths) =>
        paths.Select(p => Path.Combine(folder, p)).FirstOrDefault(System.IO.File.Exists)
        ?? throw new WeightsException($"{folder} holds none of {string.Join(", ", paths)}.");

    /// <summary>The first of the given paths that is a model in the folder layout of diffusers.</summary>
    /// <exception cref="WeightsException">None is there.</exception>
    public static string Model(string folder, params string[] paths) =>
        paths.Select(p => Path.Combine(folder, p)).FirstOrDefault(DiffusersFolder.IsOne)
        ?? throw new WeightsException($"{folder} holds none of {string.Join(", ", paths.Select(p => p + "/"))} with a model in it.");
}
