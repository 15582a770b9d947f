using System.Globalization;
using System.Text.Json;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>
/// Trains ReferenceNet and denoiser together: v-prediction at zero terminal SNR on windows of 2, 4 and 8 frames, with
/// conditions dropped for three-way guidance, and a loss weighted to the mouth.
/// </summary>
public sealed class TeacherStage : ITrainingStage
{
    private const float Hidden = -1e4f;
    private readonly TeacherOptions _options;
    private readonly ClipStore _clips;
    private readonly LatentCache _latents;
    private readonly AudioCache _audio;
    private readonly ReferenceNet _reference;
    private readonly Denoiser _denoiser;
    private readonly NoiseSchedule _schedule = new();
    private readonly Tensor _weights;

    public TeacherStage(TeacherOptions options, ClipStore clips, LatentCache latents, AudioCache audio)
    {
        (_options, _clips, _latents, _audio) = (options, clips, latents, audio);
        random.manual_seed(options.Schedule.Seed);
        _reference = new ReferenceNet(options.Denoiser);
        _denoiser = new Denoiser(options.Denoiser);
        _reference.to(ScalarType.BFloat16);
        _denoiser.to(ScalarType.BFloat16);
        var parameters = _reference.named_parameters().Select(p => ("reference." + p.name, p.parameter))
            .Concat(_denoiser.named_parameters().Select(p => ("denoiser." + p.name, p.parameter)));
        Optimizer = new MasterAdamW(parameters, options.Optimizer);
        var weights = FaceRegions.Weights(options.Denoiser.LatentSide, options.MouthWeight, 1);
        _weights = (weights / weights.mean()).DetachFromDisposeScope();
    }

    public string Name => "teacher";
    public MasterAdamW Optimizer { get; }

    public IReadOnlyDictionary<string, float> Step(long step)
    {
        random.manual_seed(_options.Schedule.Seed * 1_000_003L + step);
        var dice = new Random(HashCode.Combine(_options.Schedule.Seed, step));
        var window = dice.NextDouble() switch { < 0.6 => 8, < 0.85 => 4, _ => 2 };
        var count = Math.Min(_options.Frames / window, 12);
        var batch = TeacherBatch.Draw(_options, _clips, _latents, _audio, dice, count, window);
        var steps = Enumerable.Range(0, count).Select(_ => dice.NextDouble() < _options.TerminalShare ? NoiseSchedule.Steps - 1 : dice.Next(NoiseSchedule.Steps)).ToArray();
        var loss = Loss(batch, steps, dice, drop: true);
        loss.backward();
        return new Dictionary<string, float> { ["v"] = loss.item<float>() };
    }

    public IReadOnlyDictionary<string, float> Sample(long step, string folder)
    {
        var figures = new Dictionary<string, float>();
        foreach (var (name, clips) in new[] { ("test", _clips.Test), ("unseen", _clips.Unseen) })
        {
            foreach (var time in new[] { 999, 666, 333 })
            {
                random.manual_seed(7);
                var losses = clips.Take(8).Select((clip, i) =>
                {
                    using var scope = NewDisposeScope();
                    return Loss(Held(clip), [time], new Random(i), drop: false).item<float>();
                }).ToList();
                if (losses.Count > 0)
                    figures[$"{name}_v{time}"] = losses.Average();
            }
        }
        return figures;
    }

    /// <summary>Writes the whole model: these networks with the autoencoder and audio encoder they were trained on.</summary>
    public void Export(string path, long step)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var vae = SafetensorsFile.Open(_options.Vae);
        using var audio = SafetensorsFile.Open(_options.Audio);
        using var model = new FadaModel(new FadaModelConfig
        {
            Vae = JsonSerializer.Deserialize<VaeConfig>(vae.Metadata["config"])!,
            Audio = _audio.Config,
            Denoiser = _options.Denoiser,
            Latents = _latents.Statistics,
        }, ScalarType.Float32);
        WeightsLoader.Load(model.Encoder, vae, "encoder.");
        WeightsLoader.Load(model.Decoder, vae, "decoder.");
        WeightsLoader.Load(model.Audio, audio, "");
        var averages = Optimizer.Averages().ToDictionary(a => a.Name, a => a.Tensor);
        foreach (var (name, parameter) in model.Reference.named_parameters())
            parameter.copy_(averages["reference." + name]);
        foreach (var (name, parameter) in model.Denoiser.named_parameters())
            parameter.copy_(averages["denoiser." + name]);
        model.Save(path);
        File.WriteAllText(Path.ChangeExtension(path, ".step"), step.ToString(CultureInfo.InvariantCulture));
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        _reference.Dispose();
        _denoiser.Dispose();
        _weights.Dispose();
        _latents.Dispose();
        _audio.Dispose();
    }

    private Tensor Loss(TeacherBatch batch, int[] steps, Random dice, bool drop)
    {
        var (b, f) = (batch.Latents.shape[0], batch.Latents.shape[1]);
        var data = _latents.Statistics.ToData(batch.Latents, batch.Reference.unsqueeze(1));       // (B, F, 8, 16, 16)
        var noise = randn_like(data);
        var (alpha, sigma) = _schedule.Of(steps);
        var condition = Condition(batch, dice, drop);
        var predicted = _denoiser.forward(alpha * data + sigma * noise, tensor(steps), condition);
        var error = (predicted - Ddim.Velocity(data, noise, alpha, sigma)).square();
        return (error * _weights).mean();
    }

    private DenoiserCondition Condition(TeacherBatch batch, Random dice, bool drop)
    {
        var (b, m) = (batch.Motion.shape[0], batch.Motion.shape[1]);
        var reference = _latents.Statistics.Normalise(batch.Reference);                            // (B, 8, 16, 16)
        var motion = _latents.Statistics.Normalise(batch.Motion).view(b * m, -1, reference.shape[2], reference.shape[3]);
        var bank = _reference.call(cat([reference, motion]).to(ScalarType.BFloat16));              // per layer (B + B M, T, C)
        var draws = Enumerable.Range(0, (int)b).Select(_ => (Reference: dice.NextDouble(), Audio: dice.NextDouble(), Motion: dice.NextDouble())).ToList();
        float Keep(bool dropped) => drop && dropped ? 0 : 1;
        var keepReference = draws.Select(d => Keep(d.Reference < _options.ReferenceDrop)).ToArray();
        var keepAudio = draws.Select((d, i) => Keep(d.Audio < _options.AudioDrop) * keepReference[i]).ToArray();
        var keepMotion = draws.Select(d => Keep(d.Motion < _options.MotionDrop)).ToArray();
        Tensor Bias(float[] keep) => tensor(keep.Select(k => k == 0 ? Hidden : 0).ToArray(), [b, 1, 1]).to(ScalarType.BFloat16);
        return new DenoiserCondition
        {
            ReferenceLatent = reference * tensor(keepReference, [b, 1, 1, 1]),
            Reference = _denoiser.ReferenceKeys(bank.Select(t => t.narrow(0, 0, b)).ToList()),
            ReferenceBias = Bias(keepReference),
            Motion = bank.Select(t => t.narrow(0, b, b * m).view(b, m, t.shape[1], t.shape[2])).ToList(),
            MotionBias = Bias(keepMotion),
            Audio = batch.Audio,
            LipCode = batch.LipCode,
            AudioKeep = tensor(keepAudio, [b, 1, 1]),
        };
    }

    // The middle window of a held-out clip, with the first frame as reference and the predicted lip code.
    private TeacherBatch Held(Clip clip)
    {
        const int Frames = 8;
        var (all, start, m) = (_latents.Of(clip, 0).to(ScalarType.Float32), clip.Frames / 2, _options.Denoiser.MotionFrames);
        var (features, code) = _audio.Of(clip, 0);
        return new TeacherBatch(all.narrow(0, start, Frames).unsqueeze(0), all[0].unsqueeze(0), all.narrow(0, start - m, m).unsqueeze(0),
            features.narrow(0, start, Frames).unsqueeze(0), code.narrow(0, start, Frames).unsqueeze(0));
    }
}
