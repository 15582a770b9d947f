using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Distillation;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Windows;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Stages;

/// <summary>
/// FADA's distillation: the student learns to land in one step where several guided steps of the teacher land
/// (progressive distillation, Salimans and Ho 2022), told the guidance scales by tokens or not, under hybrid
/// supervision. The stages "distill" (24 to 6 steps), "tokens" (three runs to one) and "few-step" differ by options.
/// </summary>
public sealed class DistillStage : ITrainingStage
{
    private readonly DistillOptions _options;
    private readonly WindowData _data;
    private readonly FadaModel _model;
    private readonly GuidedTeacher _teacher;
    private readonly Student _student;
    private readonly HybridLoss _hybrid;
    private readonly NoiseSchedule _schedule = new();
    private readonly Tensor _weights;

    /// <param name="name">Of the stage: names its files.</param>
    /// <exception cref="StageConfigException">The student's steps do not divide the teacher's.</exception>
    public DistillStage(string name, DistillOptions options, ClipStore clips, LatentCache latents, AudioCache audio)
    {
        if (options.Steps < 1 || options.TeacherSteps % options.Steps != 0)
            throw new StageConfigException($"{options.Steps} steps do not divide the teacher's {options.TeacherSteps}.");
        (Name, _options) = (name, options);
        random.manual_seed(options.Schedule.Seed);
        _model = FadaModel.Load(options.Teacher, ScalarType.BFloat16);
        foreach (var parameter in _model.Decoder.parameters())
            parameter.requires_grad = false;
        _teacher = new GuidedTeacher(_model, options.TeacherSteps, options.Steps);
        var config = _model.Config with { Steps = options.Steps, Denoiser = _model.Config.Denoiser with { Guidance = options.Guidance } };
        _student = new Student(options.Start.Length > 0 ? options.Start : options.Teacher, config, options.Steps, options.Optimizer);
        _data = new WindowData(options, clips, latents, audio, config.Denoiser.MotionFrames);
        _hybrid = new HybridLoss(options.Losses, _model, clips);
        var weights = FaceRegions.Weights(config.Denoiser.LatentSide, options.MouthWeight, 1);
        _weights = (weights / weights.mean()).DetachFromDisposeScope();
    }

    public string Name { get; }
    public MasterAdamW Optimizer => _student.Optimizer;

    public IReadOnlyDictionary<string, float> Step(long step)
    {
        random.manual_seed(_options.Schedule.Seed * 1_000_003L + step);
        var dice = new Random(HashCode.Combine(_options.Schedule.Seed, step));
        var window = WindowData.DrawLength(dice);
        var count = Math.Min(_options.Frames / window, 12);
        // Whole batches at scales of 1: the terms that need them then cost nothing elsewhere.
        var plain = dice.NextDouble() < _options.PlainShare;
        var scales = Enumerable.Range(0, count).Select(_ => plain ? GuidanceScales.One : Draw(dice)).ToList();
        var batch = OwnMotion(count, window, scales, dice);
        var drop = ConditionDrop.Draw(dice, count, 0, 0, _options.MotionDrop);
        var indices = Enumerable.Range(0, count).Select(_ => dice.Next(_options.Steps)).ToList();
        var log = new Dictionary<string, float>();
        Loss(batch, drop, scales, indices, plain, dice, log).backward();
        return log;
    }

    public IReadOnlyDictionary<string, float> Sample(long step, string folder)
    {
        var figures = new Dictionary<string, float>();
        foreach (var (name, clips) in new[] { ("test", _data.Clips.Test), ("unseen", _data.Clips.Unseen) })
        {
            random.manual_seed(7);
            // How far a window drawn from noise is from the real one, where the mouth is.
            var errors = clips.Take(8).Select(clip =>
            {
                using var scope = NewDisposeScope();
                var batch = _data.Held(clip, 8);
                var made = _student.Sampling.Sample(batch, ConditionDrop.None(1), [GuidanceScales.One]);
                return ((made - Real(batch)).square() * _weights).mean().item<float>();
            }).ToList();
            if (errors.Count > 0)
                figures[$"{name}_error"] = errors.Average();
        }
        return figures;
    }

    public void Export(string path, long step) => _student.Export(path, step);

    public void Dispose()
    {
        _student.Dispose();
        _model.Dispose();
        _hybrid.Dispose();
        _data.Dispose();
        _weights.Dispose();
    }

    private Tensor Loss(WindowBatch batch, ConditionDrop drop, IReadOnlyList<GuidanceScales> scales, IReadOnlyList<int> indices, bool plain, Random dice, Dictionary<string, float> log)
    {
        var times = indices.Select(_teacher.TimeOf).ToArray();
        var (alpha, sigma) = _schedule.Of(times);
        var data = Real(batch);                                                                     // (B, F, 8, 16, 16)
        var noise = randn_like(data);
        var noisy = alpha * data + sigma * noise;
        var (target, first) = _teacher.Velocity(batch, drop, noisy, indices, scales);
        var velocity = GuidedVelocity.Of(_student.Denoiser, noisy, tensor(times), _student.Conditions.Of(batch, drop), scales);
        var distill = Error(velocity, target);                                                      // (B)
        log["distill"] = distill.mean().item<float>();
        if (!plain)
            return distill.mean() * _options.Losses.Distill;
        var true_ = Ddim.Velocity(data, noise, alpha, sigma);
        var truth = Error(velocity, true_);
        log["truth"] = truth.mean().item<float>();
        var share = !_options.Losses.Adaptive ? tensor((float)_options.Losses.TruthShare)
            : LossMixer.Adaptive(Error(first, true_), truth);
        log["share"] = share.mean().item<float>();
        var mixed = (distill * (1 - share) * _options.Losses.Distill + truth * share * _options.Losses.Truth).mean();
        return mixed + _hybrid.Of(batch, Ddim.Data(noisy, velocity, alpha, sigma), data, dice, log);
    }

    // Windows, some of which go on from what the student made of the window before.
    private WindowBatch OwnMotion(int count, int window, IReadOnlyList<GuidanceScales> scales, Random dice)
    {
        const int Before = 8;
        if (dice.NextDouble() >= _options.OwnMotion)
            return _data.Draw(dice, count, window);
        var batch = _data.Draw(dice, count, Before + window);
        var statistics = _model.Config.Latents;
        var made = statistics.FromData(_student.Sampling.Sample(batch.Part(0, Before), ConditionDrop.None(count), scales), batch.Reference.unsqueeze(1));
        var m = batch.Motion.shape[1];
        return batch.Part(Before, window) with { Motion = made.narrow(1, Before - m, m) };
    }

    private Tensor Real(WindowBatch batch) => _model.Config.Latents.ToData(batch.Latents, batch.Reference.unsqueeze(1));

    // (B): mean squared difference, weighted to the mouth.
    private Tensor Error(Tensor a, Tensor b) => ((a - b).square() * _weights).mean([1, 2, 3, 4]);

    private GuidanceScales Draw(Random dice)
    {
        float Up(double most) => (float)(1 + (most - 1) * Math.Pow(dice.NextDouble(), 2));
        return new GuidanceScales(Up(_options.MaxReferenceScale), Up(_options.MaxAudioScale));
    }
}
