using System.Globalization;
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
    private readonly LipOptions _options;
    private readonly ClipStore _clips;
    private readonly LatentCache _latents;
    private readonly Dictionary<Clip, Tensor> _shapes;
    private readonly LipReader _reader;
    private readonly long _channels;

    public LipStage(LipOptions options, ClipStore clips, LatentCache latents)
    {
        (_options, _clips, _latents) = (options, clips, latents);
        random.manual_seed(options.Schedule.Seed);
        _shapes = clips.All.ToDictionary(c => c, c => tensor(LipShape.Measure(c), [c.Frames, LipShape.Size]).DetachFromDisposeScope());
        _channels = latents.Of(clips.All[0], 0).shape[1];
        _reader = new LipReader((int)_channels);
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

    public void Export(string path, long step) => SafetensorsWriter.Write(path, Optimizer.Averages(), new Dictionary<string, string>
    {
        ["network"] = nameof(LipReader),
        ["channels"] = _channels.ToString(CultureInfo.InvariantCulture),
        ["step"] = step.ToString(CultureInfo.InvariantCulture),
    });

    public void Dispose()
    {
        Optimizer.Dispose();
        _reader.Dispose();
        _latents.Dispose();
        foreach (var shape in _shapes.Values)
            shape.Dispose();
    }

    private (Tensor Data, Tensor Reference, Tensor Shape) Frames(Random dice)
    {
        var clip = _clips.Draw(dice, _options.MainShare);
        var all = _latents.Of(clip, dice.Next(_latents.Looks(clip))).to(ScalarType.Float32);
        var at = dice.Next(clip.Frames);
        var picks = tensor(Enumerable.Range(0, _options.Frames).Select(_ => (long)dice.Next(clip.Frames)).ToArray());
        return (
            _latents.Statistics.ToData(all[picks], all[at]),
            _latents.Statistics.Normalise(all[at]).expand(_options.Frames, -1, -1, -1),
            _shapes[clip][picks] - _shapes[clip][at]);
    }

    // Mean absolute error, that of a still, and the correlation of the inner opening.
    private (float Error, float Still, float Correlation) Score(Clip clip)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var all = _latents.Of(clip, 0).to(ScalarType.Float32);
        var read = _reader.call(_latents.Statistics.ToData(all, all[0]), _latents.Statistics.Normalise(all[0]).expand_as(all));
        var truth = _shapes[clip] - _shapes[clip][0];
        return ((read - truth).abs().mean().item<float>(), truth.abs().mean().item<float>(),
            Statistics.Correlation(LipShape.Opening(read), LipShape.Opening(truth)));
    }
}
