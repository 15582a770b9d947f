using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.EchoMimic;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Import;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Tests.Checkpoints;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Import;

public class CheckpointImporterTests : TorchTest
{
    private const string Norm = "denoising_unet.down_blocks.0.audio_modules.0.norm.weight";

    private static ImportReport Import(TemporaryFolder folder, string family, IProgress<ImportProgress>? progress = null, CancellationToken cancellation = default) =>
        CheckpointImporter.Import(family, folder.PathOf("in", "x")[..^2], folder.PathOf("out", "x")[..^2], progress, cancellation);

    // Random weights take seconds to draw; where only names and shapes count, the files hold zeros.
    private static SyntheticCheckpoint Source(TemporaryFolder folder, bool random = false) => new(Path.Combine(folder.Path, "in")) { IsSparse = !random };

    private static void WriteHallo(SyntheticCheckpoint source) => source.WriteHallo(SyntheticCheckpoint.SmallHallo, SyntheticCheckpoint.SmallVae, SyntheticCheckpoint.SmallSpeech);

    private static void AssertSame(ICheckpoint source, string sourceName, ICheckpoint written, string name)
    {
        Assert.Equal(source.Describe(sourceName).DType, written.Describe(name).DType);
        Assert.True(source.Read(sourceName).IsSameAs(written.Read(name)), name);
    }

    [Fact]
    public void Import_Hallo_WritesEveryTensorUnderItsName()
    {
        using var folder = new TemporaryFolder();
        WriteHallo(Source(folder, random: true));

        var report = Import(folder, "hallo");

        Assert.True(report.Complete);
        Assert.Equal(3, report.Sources.Count);
        using var source = CheckpointFile.Open(folder.PathOf("in", "hallo", "net.pth"));
        using var net = SafetensorsFile.Open(folder.PathOf("out", "net.safetensors"));
        Assert.Equal(2656, net.Names.Count);
        foreach (var name in source.Names)
            AssertSame(source, name, net, name);
        using var oldVae = CheckpointFile.Open(folder.PathOf("in", "sd-vae-ft-mse", "diffusion_pytorch_model.bin"));
        using var vae = SafetensorsFile.Open(folder.PathOf("out", "vae.safetensors"));
        Assert.Equal(248, vae.Names.Count);
        AssertSame(oldVae, "encoder.mid_block.attentions.0.proj_attn.weight", vae, "encoder.mid_block.attentions.0.to_out.0.weight");
        using var speech = SafetensorsFile.Open(folder.PathOf("out", "speech.safetensors"));
        Assert.DoesNotContain(speech.Names, n => n.Contains("lm_head", StringComparison.Ordinal) || n.StartsWith("wav2vec2.", StringComparison.Ordinal));
    }

    [Fact]
    public void Import_Hallo_KeepsItsGeometryAndRuns()
    {
        using var folder = new TemporaryFolder();
        using var _ = no_grad();
        WriteHallo(Source(folder, random: true));

        Import(folder, "hallo");

        var manifest = FullSizeManifest.Read(folder.PathOf("out", "x")[..^2]);
        Assert.Equal(SyntheticCheckpoint.SmallHallo.BlockChannels, manifest.Hallo!.BlockChannels);
        Assert.Equal(SyntheticCheckpoint.SmallHallo.SpeechFeatures, manifest.Hallo.SpeechFeatures);
        Assert.Equal(SyntheticCheckpoint.SmallVae.Groups, manifest.Vae.Groups);
        Assert.Equal(SyntheticCheckpoint.SmallSpeech.Layers, manifest.Speech!.Layers);
        var net = FullSizeFolder.Load(folder.PathOf("out", "x")[..^2], "net", TensorPlace.Cpu, p => new HalloNet(p, manifest.Hallo));
        var velocity = net.Denoiser.Denoise(new UNetInput { Latents = randn([1, 4, 2, 8, 8]), Timestep = 999, Context = randn([1, 4, 16]) });
        Assert.True(velocity.isfinite().all().item<bool>());
    }

    [Fact]
    public void Import_EchoMimic_JoinsItsFiles()
    {
        using var folder = new TemporaryFolder();
        Source(folder, random: true).WriteEchoMimic(SyntheticCheckpoint.SmallEchoMimic, SyntheticCheckpoint.SmallVae);

        var report = Import(folder, "echomimic");

        Assert.True(report.Complete);
        var manifest = FullSizeManifest.Read(folder.PathOf("out", "x")[..^2]);
        Assert.Equal(24, manifest.EchoMimic!.AudioWidth);
        Assert.Null(manifest.Speech);
        using var net = SafetensorsFile.Open(folder.PathOf("out", "net.safetensors"));
        Assert.Equal(1274 + 570 + 16, net.Names.Count);
        using var motion = CheckpointFile.Open(folder.PathOf("in", "motion_module.pth"));
        Assert.Equal(588, motion.Names.Count);
        AssertSame(motion, motion.Names.First(), net, $"denoising_unet.{motion.Names.First()}");
        FullSizeFolder.Load(folder.PathOf("out", "x")[..^2], "net", TensorPlace.Cpu, p => new EchoMimicNet(p, manifest.EchoMimic)).Dispose();
    }

    [Fact]
    public void Import_KeysThatDoNotFit_AreAllNamedAndNothingIsWritten()
    {
        using var folder = new TemporaryFolder();
        WriteHallo(new SyntheticCheckpoint(Path.Combine(folder.Path, "in"))
        {
            IsSparse = true,
            Missing = new HashSet<string> { "imageproj.norm.bias", "encoder.mid_block.attentions.0.query.bias" },
            Changed = new Dictionary<string, long[]> { [Norm] = [33], ["denoising_unet.surprise.weight"] = [2, 2] },
        });

        var report = Import(folder, "hallo");

        Assert.False(report.Complete);
        Assert.Equal([("net", "imageproj.norm.bias"), ("vae", "encoder.mid_block.attentions.0.to_q.bias")], report.Of(KeyProblemKind.Missing).Select(p => (p.Part, p.Key)));
        Assert.Equal("F16 [2, 2]", Assert.Single(report.Of(KeyProblemKind.Unexpected)).Found);
        Assert.Equal(new KeyProblem(KeyProblemKind.Misshapen, "net", Norm, "F16 [33]", "[32]"), Assert.Single(report.Of(KeyProblemKind.Misshapen)));
        Assert.Empty(Directory.GetFiles(folder.PathOf("out", "x")[..^2]));
    }

    [Fact]
    public void Import_MaskEmbeddingMissing_BecomesZeros()
    {
        using var folder = new TemporaryFolder();
        WriteHallo(new SyntheticCheckpoint(Path.Combine(folder.Path, "in")) { IsSparse = true, Missing = new HashSet<string> { "wav2vec2.masked_spec_embed" } });

        Assert.True(Import(folder, "hallo").Complete);

        using var speech = SafetensorsFile.Open(folder.PathOf("out", "speech.safetensors"));
        Assert.True(speech.Read("masked_spec_embed").IsSameAs(zeros(16)));
    }

    [Theory]
    [InlineData("hallo/net.pth", "net.pth")]
    [InlineData("sd-vae-ft-mse/diffusion_pytorch_model.bin", "sd-vae-ft-mse")]
    [InlineData("wav2vec/wav2vec2-base-960h/model.safetensors", "wav2vec2-base-960h")]
    public void Import_FileMissing_NamesWhatWasLookedFor(string file, string named)
    {
        using var folder = new TemporaryFolder();
        WriteHallo(Source(folder));
        File.Delete(folder.PathOf("in", file));

        var error = Assert.Throws<WeightsException>(() => Import(folder, "hallo"));

        Assert.Contains(named, error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Import_SpeechEncoderOfAnotherSize_IsRefused()
    {
        using var folder = new TemporaryFolder();
        Source(folder).WriteHallo(SyntheticCheckpoint.SmallHallo, SyntheticCheckpoint.SmallVae, SyntheticCheckpoint.SmallSpeech with { Layers = 3 });

        var error = Assert.Throws<WeightsException>(() => Import(folder, "hallo"));

        Assert.Contains("5 x 3 x 16", error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("""{"hidden_size": -1}""")]
    [InlineData("""{"hidden_size": 1e9}""")]
    [InlineData("""{"hidden_size": "768"}""")]
    [InlineData("""{"conv_dim": 512}""")]
    [InlineData("""{"conv_dim": []}""")]
    [InlineData("""{"conv_dim": ["x"]}""")]
    [InlineData("not json")]
    public void Speech_HostileConfig_IsRefused(string config)
    {
        using var folder = new TemporaryFolder();
        Source(folder).WriteSpeech(SyntheticCheckpoint.SmallSpeech);
        File.WriteAllText(folder.PathOf("in", "wav2vec", "wav2vec2-base-960h", "config.json"), config);

        Assert.Throws<WeightsException>(() => SharedParts.Speech(Path.Combine(folder.Path, "in")));
    }

    [Fact]
    public void Import_Stopped_LeavesNoHalfFileAndNoConfig()
    {
        using var folder = new TemporaryFolder();
        using var stop = new CancellationTokenSource();
        WriteHallo(Source(folder));

        Assert.Throws<OperationCanceledException>(() => Import(folder, "hallo", new Stopper(stop), stop.Token));

        Assert.Empty(Directory.GetFiles(folder.PathOf("out", "x")[..^2]));
    }

    [Fact]
    public void Import_Progress_GoesUpToEveryByte()
    {
        using var folder = new TemporaryFolder();
        WriteHallo(Source(folder));
        var seen = new Recorder();

        var report = Import(folder, "hallo", seen);

        Assert.Equal(seen.Values.Select(v => v.Done).Order(), seen.Values.Select(v => v.Done));
        Assert.Equal((report.Bytes, report.Bytes), (seen.Values[^1].Done, seen.Values[^1].Total));
    }

    private sealed class Stopper(CancellationTokenSource stop) : IProgress<ImportProgress>
    {
        public void Report(ImportProgress value)
        {
            if (value.Done > value.Total / 2)
                stop.Cancel();
        }
    }

    private sealed class Recorder : IProgress<ImportProgress>
    {
        public List<ImportProgress> Values { get; } = [];

        public void Report(ImportProgress value) => Values.Add(value);
    }
}
