using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Training.Clips;

/// <summary>All prepared clips of a folder, by split; frames stay on disk (memory-mapped).</summary>
public sealed class ClipStore : IDisposable
{
    private readonly List<Clip> _clips;
    private List<Clip>? _main;
    private List<Clip>? _others;

    private ClipStore(List<Clip> clips)
    {
        _clips = clips;
        LipCodes = LipCode.Measure(clips);
    }

    public IReadOnlyList<Clip> All => _clips;
    public IReadOnlyList<Clip> Train => field ??= Split("train");
    public IReadOnlyList<Clip> Test => field ??= Split("test");
    public IReadOnlyList<Clip> Unseen => field ??= Split("unseen");

    /// <summary>The speaker with most training clips.</summary>
    public string MainSpeaker => field ??= Train.GroupBy(c => c.Speaker).MaxBy(g => g.Count())!.Key;

    /// <summary>(Frames, 4) lip code of every clip.</summary>
    public IReadOnlyDictionary<Clip, float[]> LipCodes { get; }

    /// <param name="folder">Output of <c>fada data prepare</c>.</param>
    /// <param name="trainingNeeded">Whether a folder without training clips is an error.</param>
    /// <exception cref="WeightsException">The folder has no prepared clip of the kind that is needed.</exception>
    public static ClipStore Open(string folder, bool trainingNeeded = true)
    {
        var files = Directory.Exists(folder) ? Directory.GetFiles(folder, "*.safetensors", SearchOption.AllDirectories) : [];
        var store = new ClipStore(files.Order(StringComparer.Ordinal).Select(Clip.Open).Where(c => c.Frames >= 10).ToList());
        if ((trainingNeeded ? store.Train : store.All).Count > 0)
            return store;
        store.Dispose();
        throw new WeightsException($"{folder} has no prepared clips; run 'fada data prepare --in DIR --out {folder}' first.");
    }

    /// <summary>
    /// A training clip drawn so that one speaker with hundreds of clips does not drown the others: first the kind
    /// (main speaker or other), then the clip, weighted by its length.
    /// </summary>
    public Clip Draw(Random random, double mainShare)
    {
        _main ??= Train.Where(c => c.Speaker == MainSpeaker).ToList();
        _others ??= Train.Where(c => c.Speaker != MainSpeaker).ToList();
        var pool = _others.Count == 0 || random.NextDouble() < mainShare ? _main : _others;
        var at = random.NextInt64(pool.Sum(c => (long)c.Frames));
        foreach (var clip in pool)
        {
            at -= clip.Frames;
            if (at < 0)
                return clip;
        }
        return pool[^1];
    }

    public void Dispose() => _clips.ForEach(c => c.Dispose());

    private List<Clip> Split(string name) => _clips.Where(c => c.Split == name).ToList();
}
