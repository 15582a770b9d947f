using System.Globalization;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Speech;
using FADA.Realtime.Training.Sync;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>Trains the sync expert on training speakers: which sound belongs to which mouth, within and between clips (InfoNCE).</summary>
public sealed class SyncStage : ITrainingStage
{
    private readonly SyncOptions _options;
    private readonly ClipStore _clips;
    private readonly LatentCache _latents;
    private readonly MelCache _mel;
    private readonly LogMel _spectrum = new();
    private readonly SyncExpert _expert;

    public SyncStage(SyncOptions options, ClipStore clips, LatentCache latents)
    {
        (_options, _clips, _latents, _mel) = (options, clips, latents, new MelCache(clips.All));
        random.manual_seed(options.Schedule.Seed);
        Channels = (int)latents.Of(clips.All[0], 0).shape[1];
        _expert = new SyncExpert(Channels);
        Optimizer = new MasterAdamW(_expert.named_parameters(), new AdamWOptions());
    }

    public string Name => "sync";
    public MasterAdamW Optimizer { get; }
    private int Channels { get; }

    public IReadOnlyDictionary<string, float> Step(long step)
    {
        random.manual_seed(_options.Schedule.Seed * 1_000_003L + step);
        var dice = new Random(HashCode.Combine(_options.Schedule.Seed, step));
        var rows = Enumerable.Range(0, _options.ClipsPerBatch).SelectMany(_ => Moments(dice)).ToList();
        var pictures = _expert.Picture(stack(rows.Select(r => r.Data)), stack(rows.Select(r => r.Reference)));
        var sounds = _expert.Sound(AudioAugmentation.Mel(stack(rows.Select(r => r.Mel)), dice));
        var likeness = pictures.matmul(sounds.t()) / _options.Temperature;
        var own = arange(rows.Count);
        var loss = (nn.functional.cross_entropy(likeness, own) + nn.functional.cross_entropy(likeness.t(), own)) / 2;
        loss.backward();
        return new Dictionary<string, float>
        {
            ["contrast"] = loss.item<float>(),
            ["found"] = likeness.argmax(1).eq(own).to(ScalarType.Float32).mean().item<float>(),
        };
    }

    public IReadOnlyDictionary<string, float> Sample(long step, string folder)
    {
        _expert.eval();
        var figures = new Dictionary<string, float>();
        foreach (var (name, clips) in new[] { ("test", _clips.Test), ("unseen", _clips.Unseen) })
        {
            var scores = clips.Select(Score).OfType<SyncScore>().ToList();
            if (scores.Count == 0)
                continue;
            figures[$"{name}_distance"] = (float)scores.Average(s => s.Distance);
            figures[$"{name}_confidence"] = (float)scores.Average(s => s.Confidence);
            figures[$"{name}_offset"] = (float)scores.Average(s => Math.Abs(s.Offset));
        }
        _expert.train();
        return figures;
    }

    public void Export(string path, long step) => SafetensorsWriter.Write(path, Optimizer.Averages(), new Dictionary<string, string>
    {
        ["network"] = nameof(SyncExpert),
        ["channels"] = Channels.ToString(CultureInfo.InvariantCulture),
        ["step"] = step.ToString(CultureInfo.InvariantCulture),
    });

    public void Dispose()
    {
        Optimizer.Dispose();
        _expert.Dispose();
        _mel.Dispose();
        _spectrum.Dispose();
        _latents.Dispose();
    }

    private IEnumerable<(Tensor Data, Tensor Reference, Tensor Mel)> Moments(Random dice)
    {
        var clip = _clips.Draw(dice, _options.MainShare);
        var all = _latents.Of(clip, dice.Next(_latents.Looks(clip))).to(ScalarType.Float32);
        var reference = all[dice.Next(clip.Frames)];
        var places = clip.Frames - SyncExpert.Frames + 1;
        var apart = Math.Max(1, places / _options.Moments);
        var first = dice.Next(apart);
        return Enumerable.Range(0, _options.Moments).Select(k => Math.Min(first + k * apart, places - 1)).Distinct().Select(start => (
            _latents.Statistics.ToData(all.narrow(0, start, SyncExpert.Frames), reference),
            _latents.Statistics.Normalise(reference),
            _mel.Window(clip, start))).ToList();
    }

    private SyncScore? Score(Clip clip)
    {
        using var scope = NewDisposeScope();
        var all = _latents.Of(clip, 0).to(ScalarType.Float32);
        return SyncScore.Of(_expert, _spectrum, _latents.Statistics.ToData(all, all[0]), _latents.Statistics.Normalise(all[0]).unsqueeze(0), clip.Audio);
    }
}
