using System.Text.Json;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Lips;
using FADA.Realtime.Training.Runs;
using FADA.Realtime.Training.Stages;
using FADA.Realtime.Training.Tests.Clips;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Tests.Stages;

public sealed class DistillStageTests : TorchTest
{
    private static readonly DenoiserConfig _small = new() { Channels = [32, 32, 32], AudioFeatures = 16, TimeWidth = 32, AudioWidth = 32 };
    private readonly TestClips _clips = new();

    [Fact]
    public void Tokens_OneClipSeenAgainAndAgain_TheGuidedTeacherIsApproached()
    {
        var run = Train("tokens", $"guidance: tokens\nsteps: 2\nteacher_steps: 2\nplain_share: 0\nlosses:\n  sync: 0\n  adversarial: 0\n  pixel: 0\n", 60);

        Assert.True(run[^10..].Average(l => l["distill"]) < 0.7 * run[..10].Average(l => l["distill"]),
            $"from {run[..10].Average(l => l["distill"])} to {run[^10..].Average(l => l["distill"])}");
    }

    [Fact]
    public void Distill_EveryTermOn_AllAreFiniteAndTheExportLoads()
    {
        Train("sync", "looks: 1\nclips_per_batch: 2\nmoments: 3\n", 3);
        Train("lips", "looks: 1\nclips_per_batch: 2\n", 3);
        var run = Train("few-step", $"guidance: embedding\nsteps: 1\nteacher_steps: 2\nplain_share: 1\nown_motion: 0.5\nlosses:\n  sync_expert: {_clips.PathOf("sync/sync.safetensors")}\n"
            + $"  lips: 1\n  lip_reader: {_clips.PathOf("lips/lips.safetensors")}\n", 4);

        Assert.All(run.SelectMany(l => l), l => Assert.True(float.IsFinite(l.Value), l.Key));
        Assert.Contains("truth", run[0].Keys);
        Assert.Contains("pixel", run[0].Keys);
        Assert.Contains("lips", run[0].Keys);
        using var made = FadaModel.Load(_clips.PathOf("few-step/few-step.safetensors"), ScalarType.Float32);
        Assert.Equal((1, GuidanceControl.Embedding), (made.Config.Steps, made.Config.Denoiser.Guidance));
    }

    [Fact]
    public void Lips_TrainedOnMouthsThatBrighten_TellsHowFarTheyAreOpen()
    {
        var run = Train("lips", "looks: 1\nclips_per_batch: 4\nnoise: 0.1\n", 60);

        Assert.True(run[^10..].Average(l => l["shape"]) < 0.5 * run[..10].Average(l => l["shape"]),
            $"from {run[..10].Average(l => l["shape"])} to {run[^10..].Average(l => l["shape"])}");
    }

    [Fact]
    public void Vae_DecoderToldByAModelAndALipReader_EveryTermIsFiniteAndTheEncoderStays()
    {
        Train("lips", "pictures: true\nclips_per_batch: 1\nframes: 2\n", 2);
        var (vae, audio, teacher) = Weights();
        var run = Train("vae", $"start: {teacher}\nmodel: {teacher}\nfreeze_encoder: true\nwindow: true\nbatch: 4\nmade_share: 0.5\nlip_weight: 1\n"
            + $"lip_reader: {_clips.PathOf("lips/lips.safetensors")}\nvae:\n  warp: true\n  encoder_channels: [16, 16, 16]\n  decoder_channels: [16, 16, 16]\n"
            + $"windows:\n  clips: {_clips.Folder}\n  latents: {_clips.PathOf("latents")}\n  vae: {vae}\n  audio: {audio}\n  looks: 1\n", 6);

        Assert.All(run.SelectMany(l => l), l => Assert.True(float.IsFinite(l.Value), l.Key));
        Assert.Contains(run, l => l.ContainsKey("lips_made"));
        Assert.Contains(run, l => l.ContainsKey("lips"));
        using var before = SafetensorsFile.Open(teacher);
        using var after = SafetensorsFile.Open(_clips.PathOf("vae/vae.safetensors"));
        Assert.All(before.Names.Where(n => n.StartsWith("encoder.", StringComparison.Ordinal)), n =>
            Assert.True(before.Read(n).to(ScalarType.BFloat16).eq(after.Read(n).to(ScalarType.BFloat16)).all().item<bool>(), n));
        Assert.True(after.Contains("decoder.flow.weight"));
    }

    [Fact]
    public void LipReader_FileOfAnotherNetwork_IsRefused()
    {
        Train("sync", "looks: 1\nclips_per_batch: 2\nmoments: 3\n", 1);

        Assert.Throws<WeightsException>(() => LipReader.Load(_clips.PathOf("sync/sync.safetensors")));
    }

    [Fact]
    public void Create_StepsThatDoNotDivide_IsRefusedWithBothNumbers()
    {
        var error = Assert.Throws<StageConfigException>(() => Train("distill", "steps: 4\nteacher_steps: 6\nlosses:\n  sync: 0\n", 1));

        Assert.Contains("4 steps", error.Message);
        Assert.Contains("6", error.Message);
    }

    public override void Dispose()
    {
        base.Dispose();
        _clips.Dispose();
    }

    private List<IReadOnlyDictionary<string, float>> Train(string stage, string options, int steps)
    {
        var (vae, audio, teacher) = Weights();
        var config = _clips.PathOf($"{stage}.yaml");
        var common = $"clips: {_clips.Folder}\n" + (stage == "vae" ? "" : $"latents: {_clips.PathOf("latents")}\nvae: {vae}\n");
        if (stage is not ("sync" or "lips" or "vae"))
            common += $"audio: {audio}\nteacher: {teacher}\nframes: 8\nlooks: 1\n";
        File.WriteAllText(config, common + options + "schedule:\n  learning_rate: 0.003\n  warm_up: 0\n");
        var (made, schedule) = StageFactory.Create(stage, config, null, default);
        using (made)
        {
            var losses = new List<IReadOnlyDictionary<string, float>>();
            for (var i = 0; i < steps; i++)
            {
                using var scope = NewDisposeScope();
                losses.Add(made.Step(i));
                made.Optimizer.Apply(schedule.RateAt(i));
            }
            Directory.CreateDirectory(_clips.PathOf(stage));
            made.Export(_clips.PathOf($"{stage}/{stage}.safetensors"), steps);
            return losses;
        }
    }

    // Random networks: small where the size is free.
    private (string Vae, string Audio, string Teacher) Weights()
    {
        using var _ = no_grad();
        var model = new FadaModelConfig
        {
            Vae = new VaeConfig { EncoderChannels = [16, 16, 16], DecoderChannels = [16, 16, 16] },
            Audio = new AudioEncoderConfig { Width = 16, Dilations = [1] },
            Denoiser = _small,
            Latents = new LatentStatistics(new float[8], [.. Enumerable.Repeat(1f, 8)], [.. Enumerable.Repeat(1f, 8)]),
        };
        var folder = Directory.CreateDirectory(_clips.PathOf("weights")).FullName;
        var (vae, audio, teacher) = (Path.Combine(folder, "vae.bin"), Path.Combine(folder, "audio.bin"), Path.Combine(folder, "teacher.bin"));
        using var networks = new FadaModel(model, ScalarType.Float32);
        // Zero-initialised outputs would make every teacher the same.
        foreach (var (name, parameter) in networks.Denoiser.named_parameters())
            parameter.copy_(randn_like(parameter) * 0.1);
        networks.Save(teacher);
        SafetensorsWriter.Write(vae, networks.Encoder.named_parameters().Select(p => ("encoder." + p.name, (Tensor)p.parameter)), new Dictionary<string, string> { ["config"] = JsonSerializer.Serialize(model.Vae) });
        SafetensorsWriter.Write(audio, networks.Audio.named_parameters().Select(p => (p.name, (Tensor)p.parameter)), new Dictionary<string, string> { ["config"] = JsonSerializer.Serialize(model.Audio) });
        return (vae, audio, teacher);
    }
}
