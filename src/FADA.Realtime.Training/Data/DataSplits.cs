using System.Security.Cryptography;
using System.Text;

namespace FADA.Realtime.Training.Data;

/// <summary>Decides which clips are trained on. Depends on names only, so that it never changes between runs.</summary>
public static class DataSplits
{
    public const string Train = "train";

    /// <summary>Clips held back of a speaker that is trained on.</summary>
    public const string Test = "test";

    /// <summary>Clips of speakers that are never trained on.</summary>
    public const string Unseen = "unseen";

    /// <summary>The split of each clip, by its path.</summary>
    public static IReadOnlyDictionary<string, string> Assign(IReadOnlyList<ClipInfo> clips, DataPreparerOptions options)
    {
        var splits = clips.ToDictionary(c => c.Path, c => options.UnseenSpeakers.Contains(c.Speaker) ? Unseen : Train);
        foreach (var (speaker, count) in options.TestClips)
            foreach (var clip in clips.Where(c => c.Speaker == speaker && splits[c.Path] == Train).OrderBy(c => Hash(c.Path), StringComparer.Ordinal).Take(count))
                splits[clip.Path] = Test;
        return splits;
    }

    private static string Hash(string name) => Convert.ToHexString(SHA256.HashData(Encoding.UTF8.GetBytes(name)));
}
