using System.Text.Json;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Clips;

/// <summary>
/// The latents of every clip in several looks (the first as filmed, the others see <see cref="Look"/>), so that
/// training never runs the image encoder. One safetensors file a clip, bf16 (looks, frames, 8, 16, 16), in a folder that
/// several processes may fill at once.
/// </summary>
public sealed class LatentCache : IDisposable
{
    private const int Chunk = 16;
    private readonly Dictionary<Clip, Tensor> _latents = [];

    private LatentCache(string folder, ClipStore clips)
    {
        foreach (var clip in clips.All)
        {
            using var file = SafetensorsFile.Open(PathOf(folder, clip));
            _latents[clip] = file.Read("latents").DetachFromDisposeScope();
        }
        Statistics = Measure(clips, _latents);
    }

    public LatentStatistics Statistics { get; }

    /// <summary>Looks of a clip: two of the main speaker, who is seen enough; more of everybody else.</summary>
    public int Looks(Clip clip) => (int)_latents[clip].shape[0];

    /// <summary>(frames, 8, 16, 16) of one look, bf16.</summary>
    public Tensor Of(Clip clip, int look) => _latents[clip][look];

    /// <summary>Opens the cache, and makes the files that are missing.</summary>
    /// <param name="vae">Weights of the autoencoder stage.</param>
    /// <param name="looks">Of clips that are not of the main speaker.</param>
    public static LatentCache OpenOrCreate(string folder, ClipStore clips, string vae, int looks, int seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        Fill(folder, clips, clips.All, vae, looks, seed, progress, cancellation);
        return new LatentCache(folder, clips);
    }

    /// <summary>Makes the missing files of some clips.</summary>
    public static void Fill(string folder, ClipStore clips, IEnumerable<Clip> wanted, string vae, int looks, int seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        var missing = wanted.Where(c => !File.Exists(PathOf(folder, c))).ToList();
        if (missing.Count == 0)
            return;
        using var _ = no_grad();
        using var weights = SafetensorsFile.Open(vae);
        using var encoder = new VaeEncoder(JsonSerializer.Deserialize<VaeConfig>(weights.Metadata["config"])!);
        WeightsLoader.Load(encoder, weights, "encoder.");
        encoder.to(ScalarType.BFloat16);
        var done = 0;
        foreach (var clip in missing)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // Held-out clips are never augmented; each of the main speaker's many clips plays one other person.
            var count = clip.Split != "train" ? 1 : clip.Speaker == clips.MainSpeaker ? Math.Min(2, looks) : looks;
            var each = Enumerable.Range(0, count).Select(look => Encode(encoder, clip, look, seed)).ToList();
            SafetensorsWriter.Write(PathOf(folder, clip), [("latents", stack(each))],
                new Dictionary<string, string> { ["clip"] = clip.Name, ["vae_step"] = weights.Metadata.GetValueOrDefault("step", "?") });
            progress?.Report((double)++done / missing.Count);
        }
    }

    /// <summary>The look that a clip was encoded with; null: as filmed.</summary>
    /// <param name="seed">That the cache was made with.</param>
    public static Look? LookOf(Clip clip, int look, int seed) => look > 0 ? new Look(new Random(StableHash($"{clip.Name}/{look}/{seed}"))) : null;

    public void Dispose()
    {
        foreach (var t in _latents.Values)
            t.Dispose();
    }

    private static string PathOf(string folder, Clip clip) => Path.Combine(folder, Path.ChangeExtension(clip.Name, ".safetensors"));

    private static Tensor Encode(VaeEncoder encoder, Clip clip, int look, int seed)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        var appearance = LookOf(clip, look, seed);
        for (var start = 0; start < clip.Frames; start += Chunk)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(Chunk, clip.Frames - start);
            var frames = Enumerable.Range(start, count).ToList();
            var pictures = FrameBatch.Load(frames.Select(f => (clip, f)).ToList());
            if (appearance is not null)
                pictures = appearance.Apply(pictures, clip, frames);
            var (mean, _) = encoder.call(pictures.to(ScalarType.BFloat16).ChannelsLast());
            parts.Add(mean.to(ScalarType.BFloat16).MoveToOuterDisposeScope());
        }
        return cat(parts).MoveToOuterDisposeScope();
    }

    private static LatentStatistics Measure(ClipStore clips, Dictionary<Clip, Tensor> latents)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var sample = clips.Train.Where((c, i) => i % 8 == 0 || c.Speaker != clips.MainSpeaker).Select(c => latents[c][0].to(ScalarType.Float32)).ToList();
        var all = cat(sample);
        var moved = cat(sample.Select(s => s - s.roll(s.shape[0] / 4, 0)).ToArray());
        // Rows 9 to 13 and columns 5 to 10 of the 16x16 latent hold the mouth.
        var mouth = moved[TensorIndex.Colon, TensorIndex.Colon, TensorIndex.Slice(9, 14), TensorIndex.Slice(5, 11)];
        return new LatentStatistics(
            all.mean([0, 2, 3]).data<float>().ToArray(),
            all.std([0L, 2, 3], true, false).data<float>().ToArray(),
            mouth.std([0L, 2, 3], true, false).data<float>().ToArray());
    }

    private static int StableHash(string text) => text.Aggregate(17, (h, c) => unchecked(h * 31 + c));
}
