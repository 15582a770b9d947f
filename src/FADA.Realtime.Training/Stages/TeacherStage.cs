using System.Text.Json;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Windows;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>
/// Trains ReferenceNet and denoiser together: v-prediction at zero terminal SNR on windows of 2, 4 and 8 frames, with
/// conditions dropped for three-way guidance, and a loss weighted to the mouth.
/// </summary>
public sealed class TeacherStage : ITrainingStage
{
    private readonly TeacherOptions _options;
    private readonly WindowData _data;
    private readonly WindowConditions _conditions;
    private readonly ReferenceNet _reference;
    private readonly Denoiser _denoiser;
    private readonly NoiseSchedule _schedule = new();
    private readonly Tensor _weights;

    public TeacherStage(TeacherOptions options, ClipStore clips, LatentCache latents, AudioCache audio)
    {
        (_options, _data) = (options, new WindowData(options, clips, latents, audio, options.Denoiser.MotionFrames));
        random.manual_seed(options.Schedule.Seed);
        _reference = new ReferenceNet(options.Denoiser);
        _denoiser = new Denoiser(options.Denoiser);
        _reference.to(ScalarType.BFloat16);
        _denoiser.to(ScalarType.BFloat16);
        _conditions = new WindowConditions(_reference, _denoiser, latents.Statistics);
        var parameters = _reference.named_parameters().Select(p => (WindowModel.Reference + p.name, p.parameter))
            .Concat(_denoiser.named_parameters().Select(p => (WindowModel.Denoiser + p.name, p.parameter)));
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
        var window = WindowData.DrawLength(dice);
        var count = Math.Min(_options.Frames / window, 12);
        var batch = _data.Draw(dice, count, window);
        var steps = Enumerable.Range(0, count).Select(_ => dice.NextDouble() < _options.TerminalShare ? NoiseSchedule.Steps - 1 : dice.Next(NoiseSchedule.Steps)).ToArray();
        var loss = Loss(batch, steps, ConditionDrop.Draw(dice, count, _options.ReferenceDrop, _options.AudioDrop, _options.MotionDrop));
        loss.backward();
        return new Dictionary<string, float> { ["v"] = loss.item<float>() };
    }

    public IReadOnlyDictionary<string, float> Sample(long step, string folder)
    {
        var figures = new Dictionary<string, float>();
        foreach (var (name, clips) in new[] { ("test", _data.Clips.Test), ("unseen", _data.Clips.Unseen) })
        {
            foreach (var time in new[] { 999, 666, 333 })
            {
                random.manual_seed(7);
                var losses = clips.Take(8).Select(clip =>
                {
                    using var scope = NewDisposeScope();
                    return Loss(_data.Held(clip, 8), [time], ConditionDrop.None(1)).item<float>();
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
        using var vae = SafetensorsFile.Open(_options.Vae);
        using var audio = SafetensorsFile.Open(_options.Audio);
        var config = new FadaModelConfig
        {
            Vae = JsonSerializer.Deserialize<VaeConfig>(vae.Metadata["config"])!,
            Audio = _data.Audio.Config,
            Denoiser = _options.Denoiser,
            Latents = _data.Latents.Statistics,
        };
        WindowModel.Write(path, config, model =>
        {
            WeightsLoader.Load(model.Encoder, vae, "encoder.");
            WeightsLoader.Load(model.Decoder, vae, "decoder.");
            WeightsLoader.Load(model.Audio, audio, "");
        }, Optimizer, step);
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        _reference.Dispose();
        _denoiser.Dispose();
        _weights.Dispose();
        _data.Dispose();
    }

    private Tensor Loss(WindowBatch batch, int[] steps, ConditionDrop drop)
    {
        var data = _data.Latents.Statistics.ToData(batch.Latents, batch.Reference.unsqueeze(1));   // (B, F, 8, 16, 16)
        var noise = randn_like(data);
        var (alpha, sigma) = _schedule.Of(steps);
        var predicted = _denoiser.forward(alpha * data + sigma * noise, tensor(steps), _conditions.Of(batch, drop));
        var error = (predicted - Ddim.Velocity(data, noise, alpha, sigma)).square();
        return (error * _weights).mean();
    }
}
