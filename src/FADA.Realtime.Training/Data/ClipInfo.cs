namespace FADA.Realtime.Training.Data;

/// <summary>One line of the corpus' manifest.csv: a talking-face clip and what may be done with it.</summary>
/// <param name="Path">Path below the corpus folder, e.g. "grid_s1/srah6p.mp4".</param>
/// <param name="Speaker">Who speaks.</param>
/// <param name="Licence">The licence in words.</param>
/// <param name="LicenceClass">"cc-by", "public-domain", "research-only" or "unclear".</param>
/// <param name="Transcript">What is said, where known.</param>
public sealed record ClipInfo(string Path, string Speaker, string Licence, string LicenceClass, string Transcript)
{
    /// <summary>The file's name without extension.</summary>
    public string Name => System.IO.Path.GetFileNameWithoutExtension(Path);
}
