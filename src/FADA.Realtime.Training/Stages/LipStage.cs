using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Evaluation;
using FADA.Realtime.Training.Lips;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>
/// Trains the lip reader on training speakers. Half of the frames are blends of two, whose lips are taken to lie between:
/// blurred predictions are then read as half open instead of anyhow.
/// </summary>
public sealed class LipStage : ITrainingStage
{
    // Frames of a held-out clip that are judged at most.
    private const int MaxFrames = 100;
    private readonly LipOptions _options;
    private readonly ClipStore _clips;
    private readonly LatentCache? _latents;
    private readonly Dictionary<Clip, Tensor> _shapes;
    private readonly LipReader _reader;

    /// <param name="latents">Null where pictures are read.</param>
    public LipStage(LipOptions options, ClipStore clips, LatentCache? latents)
    {
        (_options, _clips, _latents) = (options, clips, latents);
        random.manual_seed(options.Schedule.Seed);
        _shapes = clips.All.ToDictionary(c => c, c => tensor(LipShape.Measure(c), [c.Frames, LipShape.Size]).DetachFromDisposeScope());
        _reader = latents is null ? LipReader.OfPictures() : LipReader.OfLatents((int)latents.Of(clips.All[0], 0).shape[1]);
        Optimizer = new MasterAdamW(_reader.named_parameters(), new AdamWOptions());
    }

    public string Name => "lips";
    public MasterAdamW Optimizer { get; }

    public IReadOnlyDictionary<string, float> Step(long step)
    {
        random.manual_seed(_options.Schedule.Seed * 1_000_003L + step);
        var dice = new Random(HashCode.Combine(_options.Schedule.Seed, step));
        var rows = Enumerable.Range(0, _options.ClipsPerBatch).Select(_ => Frames(dice)).ToList();
        var (data, shape) = (cat(rows.Select(r => r.Data).ToArray()), cat(rows.Select(r => r.Shape).ToArray()));
        var share = (rand(data.shape[0]) - 0.5f).clamp_min(0);                                     // 0 for half of the frames
        var other = data.roll(1, 0);                                                               // of the same clip, but for a few
        var blended = data + (other - data) * share.view(-1, 1, 1, 1);
        var target = shape + (shape.roll(1, 0) - shape) * share.view(-1, 1);
        var noisy = blended + randn_like(blended) * rand(data.shape[0], 1, 1, 1) * _options.Noise;
        var loss = nn.functional.smooth_l1_loss(_reader.call(noisy, cat(rows.Select(r => r.Reference).ToArray())), target);
        loss.backward();
        return new Dictionary<string, float> { ["shape"] = loss.item<float>() };
    }

    public IReadOnlyDictionary<string, float> Sample(long step, string folder)
    {
        _reader.eval();
        var figures = new Dictionary<string, float>();
        foreach (var (name, clips) in new[] { ("test", _clips.Test), ("unseen", _clips.Unseen) })
        {
            var scores = clips.Select(Score).ToList();
            if (scores.Count == 0)
                continue;
            figures[$"{name}_error"] = scores.Average(s => s.Error);
            figures[$"{name}_still"] = scores.Average(s => s.Still);
            figures[$"{name}_r"] = scores.Average(s => s.Correlation);
        }
        _reader.train();
        return figures;
    }

    public void Export(string path, long step) => SafetensorsWriter.Write(path, Optimizer.Averages(), _reader.Metadata(step));

    public void Dispose()
    {
        Optimizer.Dispose();
        _reader.Dispose();
        _latents?.Dispose();
        foreach (var shape in _shapes.Values)
            shape.Dispose();
    }

    private (Tensor Data, Tensor Reference, Tensor Shape) Frames(Random dice)
    {
        var clip = _clips.Draw(dice, _options.MainShare);
        int[] picks = Enumerable.Range(0, _options.Frames + 1).Select(_ => dice.Next(clip.Frames)).ToArray();
        var look = _latents is null ? new Look(dice) : null;
        var (data, reference) = Show(clip, picks[1..], picks[0], _latents is null ? 0 : dice.Next(_latents.Looks(clip)), look);
        return (data, reference, _shapes[clip][tensor(picks[1..].Select(p => (long)p).ToArray())] - _shapes[clip][picks[0]]);
    }

    // What the reader gets of some frames of a clip, and of the reference.
    private (Tensor Data, Tensor Reference) Show(Clip clip, int[] frames, int at, int cached, Look? look)
    {
        if (_latents is not null)
        {
            var all = _latents.Of(clip, cached).to(ScalarType.Float32);
            return (_latents.Statistics.ToData(all[tensor(frames.Select(p => (long)p).ToArray())], all[at]),
                _latents.Statistics.Normalise(all[at]).expand(frames.Length, -1, -1, -1));
        }
        int[] picks = [at, .. frames];
        var pictures = FrameBatch.Load(picks.Select(f => (clip, f)).ToList());
        pictures = look?.Apply(pictures, clip, picks) ?? pictures;
        return (pictures.narrow(0, 1, frames.Length), pictures.narrow(0, 0, 1).expand(frames.Length, -1, -1, -1));
    }

    // Mean absolute error, that of a still, and the correlation of the inner opening.
    private (float Error, float Still, float Correlation) Score(Clip clip)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var frames = Enumerable.Range(0, Math.Min(clip.Frames, MaxFrames)).ToArray();
        var (data, reference) = Show(clip, frames, 0, 0, null);
        var read = _reader.call(data, reference);
        var truth = (_shapes[clip] - _shapes[clip][0]).narrow(0, 0, frames.Length);
        return ((read - truth).abs().mean().item<float>(), truth.abs().mean().item<float>(),
            Statistics.Correlation(LipShape.Opening(read), LipShape.Opening(truth)));
    }
}
