using System.Globalization;
using System.Text.Json;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Clips;

/// <summary>
/// The latents of every clip in several looks (the first as filmed, the others mirrored, tinted and reshaped), so that
/// training never runs the image encoder. One safetensors file: per clip bf16 (looks, frames, 8, 16, 16).
/// </summary>
public sealed class LatentCache : IDisposable
{
    private const int Chunk = 16;
    private readonly Dictionary<Clip, Tensor> _latents = [];

    private LatentCache(SafetensorsFile file, ClipStore clips)
    {
        foreach (var clip in clips.All)
            _latents[clip] = file.Read(clip.Name).DetachFromDisposeScope();
        Statistics = JsonSerializer.Deserialize<LatentStatistics>(file.Metadata["statistics"])!;
        Looks = (int)_latents.Values.First().shape[0];
    }

    public int Looks { get; }
    public LatentStatistics Statistics { get; }

    /// <summary>(frames, 8, 16, 16) of one look, bf16.</summary>
    public Tensor Of(Clip clip, int look) => _latents[clip][look];

    /// <summary>Opens the cache, and makes it first where the file does not exist.</summary>
    /// <param name="vae">Weights of the autoencoder stage.</param>
    public static LatentCache OpenOrCreate(string path, ClipStore clips, string vae, int looks, int seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        if (!File.Exists(path))
            Create(path, clips, vae, looks, seed, progress, cancellation);
        using var file = SafetensorsFile.Open(path);
        return new LatentCache(file, clips);
    }

    public void Dispose()
    {
        foreach (var t in _latents.Values)
            t.Dispose();
    }

    private static void Create(string path, ClipStore clips, string vae, int looks, int seed, IProgress<double>? progress, CancellationToken cancellation)
    {
        using var _ = no_grad();
        using var weights = SafetensorsFile.Open(vae);
        using var encoder = new VaeEncoder(JsonSerializer.Deserialize<VaeConfig>(weights.Metadata["config"])!);
        WeightsLoader.Load(encoder, weights, "encoder.");
        encoder.to(ScalarType.BFloat16);
        var latents = new List<(string, Tensor)>();
        var done = 0;
        foreach (var clip in clips.All)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            // Held-out clips are never augmented.
            var count = clip.Split == "train" ? looks : 1;
            var each = Enumerable.Range(0, count).Select(look => Encode(encoder, clip, look, seed)).ToList();
            while (each.Count < looks)
                each.Add(each[0]);
            latents.Add((clip.Name, stack(each).DetachFromDisposeScope()));
            progress?.Report((double)++done / clips.All.Count);
        }
        var statistics = Measure(clips, latents.ToDictionary(l => l.Item1, l => l.Item2));
        SafetensorsWriter.Write(path, latents, new Dictionary<string, string>
        {
            ["statistics"] = JsonSerializer.Serialize(statistics),
            ["vae_step"] = weights.Metadata.GetValueOrDefault("step", "?"),
            ["seed"] = seed.ToString(CultureInfo.InvariantCulture),
        });
        latents.ForEach(l => l.Item2.Dispose());
    }

    private static Tensor Encode(VaeEncoder encoder, Clip clip, int look, int seed)
    {
        using var scope = NewDisposeScope();
        var parts = new List<Tensor>();
        for (var start = 0; start < clip.Frames; start += Chunk)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(Chunk, clip.Frames - start);
            var pictures = FrameBatch.Load(Enumerable.Range(start, count).Select(f => (clip, f)).ToList());
            // The same dice for every chunk: one look holds for the whole clip.
            if (look > 0)
                pictures = FrameBatch.Augment(pictures, count, new Random(HashCode.Combine(StableHash(clip.Name), look, seed)));
            var (mean, _) = encoder.call(pictures.to(ScalarType.BFloat16).ChannelsLast());
            parts.Add(mean.to(ScalarType.BFloat16).MoveToOuterDisposeScope());
        }
        return cat(parts).MoveToOuterDisposeScope();
    }

    private static LatentStatistics Measure(ClipStore clips, Dictionary<string, Tensor> latents)
    {
        using var scope = NewDisposeScope();
        var sample = clips.Train.Where((_, i) => i % 4 == 0).Select(c => latents[c.Name].view(-1, 8, 16, 16).to(ScalarType.Float32)).ToList();
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
