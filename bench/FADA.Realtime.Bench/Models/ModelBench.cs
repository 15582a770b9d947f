using System.Diagnostics;
using FADA.Realtime.Bench.Hosting;
using FADA.Realtime.Bench.Report;
using FADA.Realtime.Model.Backend;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Runtime;
using TorchSharp;

namespace FADA.Realtime.Bench.Models;

/// <summary>
/// What the networks take on one device and one thread: speech features, denoising and decoding of windows as the engine asks for
/// them, without composing and encoding. What is on the portrait makes no difference to the time.
/// </summary>
public static class ModelBench
{
    private const int SamplesPerFrame = 640;
    private const int WarmUp = 3;
    private static readonly int[] Sizes = [2, 4, 8];

    public static BenchReport Run(ModelBenchOptions options, IProgress<BenchProgress> progress, CancellationToken cancellation)
    {
        var load = Machine.Load();
        var runtime = TorchRuntime.Initialize();
        var place = DeviceSelector.Choose(options.Device);
        var (model, loading) = Timed(() => FadaModel.Load(options.Checkpoint, place.Precision, GraphBackends.Create(place, options.Graph, options.Log)));
        using var _ = model;
        var config = model.Config;
        var side = config.Vae.Side;
        var (identity, preparing) = Timed(() =>
        {
            using var crop = torch.zeros(1, 3, side, side, device: model.Device);
            return Identity.Create(model, crop);
        });
        using var __ = identity;
        using var generator = new CropGenerator(model, identity, seed: 1);
        var steps = options.Steps ?? config.Steps;
        var scales = new GuidanceScales(config.ReferenceScale, config.AudioScale);
        var speech = Speech(Sizes[^1] + config.Audio.LookAhead);
        double Window(int frames)
        {
            cancellation.ThrowIfCancellationRequested();
            var clock = Stopwatch.GetTimestamp();
            using var window = generator.Next(speech.AsSpan(0, (frames + config.Audio.LookAhead) * SamplesPerFrame), frames, steps, scales);
            // A device is only told what to do and goes on by itself: the window is done when its pictures are here.
            if (place.IsCuda)
                model.Backend.Host.ToHost(window.Painting.Picture).Dispose();
            return Stopwatch.GetElapsedTime(clock).TotalMilliseconds;
        }

        var figures = new Dictionary<string, Figure>
        {
            ["load"] = Figure.Of(loading, "ms"),
            ["first_identity"] = Figure.Of(preparing, "ms"),
            ["first_window"] = Figure.Of(Window(Sizes[^1]), "ms"),
        };
        var done = 0;
        foreach (var size in Sizes)
        {
            for (var i = 0; i < WarmUp; i++)
                Window(size);
            var measured = new List<double>();
            while (measured.Count < options.Runs)
            {
                measured.Add(Window(size));
                progress.Report(new BenchProgress(++done, (long)Sizes.Length * options.Runs, $"windows of {size}"));
            }

            figures[$"window_of_{size}"] = Figure.Of(measured, "ms");
            figures[$"frames_per_second_in_windows_of_{size}"] = Figure.Of([.. measured.Select(ms => 1000 * size / ms)], "1/s");
        }

        var use = model.Backend.Use;
        figures["memory"] = Figure.Of(ProcessFigures.Read(Environment.ProcessId).MemoryMib, "MiB");
        return new BenchReport(Machine.Describe(), new Dictionary<string, object>
        {
            ["model"] = config.Name,
            ["steps"] = steps,
            ["evaluations_per_window"] = steps * GuidedVelocity.Runs(config.Denoiser.Guidance, scales),
            ["device"] = place.Name,
            ["device_reason"] = place.Reason,
            ["graph_asked"] = options.Graph ? "on" : "off",
            ["graph"] = use.Replays > 0 ? "on" : "off",
            ["graph_captures"] = use.Captures,
            ["graph_replays"] = use.Replays,
            ["eager_runs"] = use.EagerRuns,
            ["graph_reason"] = use.Reason ?? "",
            ["threads"] = runtime.Threads,
            ["precision"] = place.PrecisionName,
            ["libtorch"] = runtime.Version,
            ["warm_up_windows"] = WarmUp,
            ["load_before"] = load,
            ["load_after"] = Machine.Load(),
        }, options.Runs, figures);
    }

    private static (T Made, double Milliseconds) Timed<T>(Func<T> make)
    {
        var clock = Stopwatch.GetTimestamp();
        return (make(), Stopwatch.GetElapsedTime(clock).TotalMilliseconds);
    }

    private static float[] Speech(int frames)
    {
        var random = new Random(1);
        var samples = new float[frames * SamplesPerFrame];
        for (var i = 0; i < samples.Length; i++)
            samples[i] = (random.NextSingle() - 0.5f) * 0.2f;
        return samples;
    }
}
