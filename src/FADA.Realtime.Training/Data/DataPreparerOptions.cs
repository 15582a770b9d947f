namespace FADA.Realtime.Training.Data;

/// <summary>What <see cref="DataPreparer"/> reads, writes and keeps apart.</summary>
public sealed record DataPreparerOptions
{
    /// <summary>Corpus folder: manifest.csv and one folder per speaker.</summary>
    public required string Input { get; init; }

    /// <summary>Where the cache goes: SPEAKER/CLIP.safetensors and manifest.json.</summary>
    public required string Output { get; init; }

    /// <summary>Licence classes to use; the default is what shipped weights may be trained on.</summary>
    public IReadOnlyList<string> Licences { get; init; } = ["cc-by", "public-domain"];

    /// <summary>Speakers never trained on: all their clips become split "unseen".</summary>
    public IReadOnlyList<string> UnseenSpeakers { get; init; } = ["grid_xA", "grid_xE", "grid_xJ", "grid_xL"];

    /// <summary>Speakers of whom some clips are held back as split "test", and how many of each.</summary>
    public IReadOnlyDictionary<string, int> TestClips { get; init; } = new Dictionary<string, int> { ["grid_s1"] = 16 };

    /// <summary>Clips prepared at once; each needs a core and memory for its frames.</summary>
    public int Workers { get; init; } = 1;

    /// <summary>Only clips whose path starts with one of these; empty = all.</summary>
    public IReadOnlyList<string> Only { get; init; } = [];

    /// <summary>Stop after this many clips (for a first look); 0 = all.</summary>
    public int Limit { get; init; }

    /// <summary>Longer clips are used up to here: 120 s are 590 MB of crops.</summary>
    public TimeSpan MaxClip { get; init; } = TimeSpan.FromSeconds(120);

    /// <summary>Shorter clips are skipped.</summary>
    public int MinFrames { get; init; } = 12;

    /// <summary>Standard deviation of the crop's smoothing over time, in frames.</summary>
    public float SmoothingFrames { get; init; } = 3;
}
