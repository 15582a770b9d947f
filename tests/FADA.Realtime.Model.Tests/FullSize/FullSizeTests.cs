using System.Diagnostics;
using System.Globalization;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Import;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Speech;
using FADA.Realtime.Model.FullSize.Vae;
using FADA.Realtime.Model.Tests.Checkpoints;
using FADA.Realtime.Model.Tests.FullSize.Import;
using FADA.Realtime.Model.Weights;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

/// <summary>The figures of docs/full-size.md: run one at a time, so that peak memory is this test's.</summary>
public class FullSizeTests(ITestOutputHelper output) : TorchTest
{
    [FullSizeFact]
    public void Window_At256_RendersInBrainFloat()
    {
        using var _ = no_grad();
        var (frames, place, config) = (FullSizeFactAttribute.Pictures, new TensorPlace(CPU, ScalarType.BFloat16), new HalloConfig());
        var pipeline = new HalloPipeline(Fill(new HalloNet(place, config)), config, Fill(new Autoencoder(place, new AutoencoderConfig())), Fill(new Wav2Vec2(place, new Wav2Vec2Config())), place.Type);
        Tensor Region() => rand(1, 1, 256, 256);
        var portrait = pipeline.Prepare(rand(1, 3, 256, 256), randn(1, config.FaceEmbedding), new HalloRegions(Region(), Region(), Region()));
        var sound = pipeline.Hear(randn(frames * 640), frames);
        var (clock, processor) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime);

        var pictures = pipeline.Render(portrait, sound, null, MotionScale.One, randn([1, 4, frames, 32, 32]), new HalloSampling { Steps = 1, Scales = new GuidanceScales(3.5f, 3.5f) });

        Report("window", clock, processor);
        Assert.Equal(new long[] { frames, 3, 256, 256 }, pictures.shape);
        Assert.True(pictures.isfinite().all().item<bool>());
    }

    [FullSizeFact]
    public void Import_OfAWholeCheckpoint_NeedsItsSizeAndAGibibyteAtMost()
    {
        using var folder = new TemporaryFolder();
        new SyntheticCheckpoint(folder.PathOf("in", "x")[..^2]) { IsSparse = true }.WriteHallo(new HalloConfig(), new AutoencoderConfig(), new Wav2Vec2Config());
        var (clock, processor, before) = (Stopwatch.StartNew(), Process.GetCurrentProcess().TotalProcessorTime, Memory("VmRSS"));

        var report = CheckpointImporter.Import("hallo", folder.PathOf("in", "x")[..^2], folder.PathOf("out", "x")[..^2], null, default);

        Report("import", clock, processor);
        Assert.True(report.Complete);
        Assert.Equal(2656 + 248 + 211, report.Tensors);
        Assert.True(Memory("VmHWM") - before < report.Bytes / 1024 + (1 << 20), $"{before} to {Memory("VmHWM")} kB for {report.Bytes} bytes");
    }

    // Random weights that keep activations at unit size, in place: a copy would not fit beside them.
    private static TModule Fill<TModule>(TModule module)
        where TModule : nn.Module
    {
        foreach (var (name, tensor) in StateDictLoader.Tensors(module))
        {
            var bound = 1 / Math.Sqrt((double)tensor.numel() / tensor.shape[0]);
            if (tensor.dim() > 1)
                tensor.uniform_(-bound, bound);
            else
                tensor.fill_(name.EndsWith("weight", StringComparison.Ordinal) ? 1 : 0);
        }
        return module;
    }

    private void Report(string what, Stopwatch clock, TimeSpan processor) => output.WriteLine(string.Create(CultureInfo.InvariantCulture,
        $"{what}: {(Process.GetCurrentProcess().TotalProcessorTime - processor).TotalSeconds:0} s of a processor, {clock.Elapsed.TotalSeconds:0} s by the clock, peak {Memory("VmHWM") / 1024} MiB"));

    private static long Memory(string line) => long.Parse(
        File.ReadLines("/proc/self/status").First(l => l.StartsWith(line, StringComparison.Ordinal)).Split(' ', StringSplitOptions.RemoveEmptyEntries)[^2], CultureInfo.InvariantCulture);
}
