using System.Diagnostics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Runs;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>
/// First frame and sound in, the rest generated, and judged against the real video on the same stabilised crop; beside
/// it the anchors that give the figures a meaning: real video, a still, and the sound of another clip.
/// </summary>
public sealed class Evaluator(FadaModel model, FaceFinder finder)
{
    private const int Window = 8;
    private const int SamplesPerFrame = 640;

    /// <summary>Steps and guidance; the model's own by default.</summary>
    public int Steps { get; init; } = model.Config.Steps;
    public GuidanceScales Scales { get; init; } = new(model.Config.ReferenceScale, model.Config.AudioScale);

    /// <summary>Frames of a clip that are judged at most.</summary>
    public int MaxFrames { get; init; } = 250;

    /// <summary>Contact sheets of real and generated frames go here; null for none.</summary>
    public string? Sheets { get; init; }

    /// <param name="clips">Prepared clips, at least one.</param>
    /// <param name="progress">0 to 1.</param>
    public EvaluationReport Run(IReadOnlyList<Clip> clips, IProgress<double>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var scores = new List<EvaluationRow>();
        for (var i = 0; i < clips.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            scores.AddRange(Judge(clips[i], OtherSpeech(clips, i)));
            progress?.Report((i + 1.0) / clips.Count);
        }
        var rows = scores.GroupBy(s => s.Name).Select(g => new EvaluationRow(g.Key, g.Average(s => s.MouthCorr), g.Average(s => s.MouthAmp),
            g.Average(s => s.LipDist), g.Average(s => s.LmdPx), g.Average(s => s.Psnr), g.Average(s => s.Ssim))).ToList();
        return new EvaluationReport(rows, clips.Count, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Generated crops (T, 3, 256, 256), -1..1, of a face spoken by <paramref name="speech"/>.</summary>
    /// <param name="reference">(1, 3, 256, 256)</param>
    public Tensor Generate(Tensor reference, ReadOnlySpan<short> speech, int frames, ulong seed)
    {
        using var scope = NewDisposeScope();
        using var identity = Identity.Create(model, reference);
        using var generator = new CropGenerator(model, identity, seed);
        var ahead = model.Config.Audio.LookAhead;
        var samples = new float[(frames + Window + ahead) * SamplesPerFrame];
        for (var i = 0; i < Math.Min(samples.Length, speech.Length); i++)
            samples[i] = speech[i] / 32768f;
        var parts = new List<Tensor>();
        for (var start = 0; start < frames; start += Window)
        {
            var count = Math.Min(Window, frames - start);
            using var window = generator.Next(samples.AsSpan(start * SamplesPerFrame, (count + ahead) * SamplesPerFrame), count, Steps, Scales);
            parts.Add(window.Over(reference));
        }
        return cat(parts).MoveToOuterDisposeScope();
    }

    // The next clip's sound; a single clip's own, begun in its middle, so that it never fits the picture.
    private static short[] OtherSpeech(IReadOnlyList<Clip> clips, int index)
    {
        if (clips.Count > 1)
            return clips[(index + 1) % clips.Count].Audio;
        var own = clips[index].Audio;
        var half = own.Length / 2;
        return [.. own.AsSpan(half), .. own.AsSpan(0, half)];
    }

    /// <summary>The real crops through the autoencoder alone: the best that any sampler could do.</summary>
    private Tensor Reconstruct(Tensor real, Tensor reference)
    {
        using var scope = NewDisposeScope();
        using var identity = Identity.Create(model, reference);
        var parts = new List<Tensor>();
        for (var start = 0L; start < real.shape[0]; start += Window)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(Window, real.shape[0] - start);
            var (latent, _) = model.Encoder.call(real.narrow(0, start, count).to(model.Precision).ChannelsLast());
            var (picture, mask) = model.Decoder.call(latent.to(model.Precision).ChannelsLast(), identity.DecoderFeatures.expand(count, -1, -1, -1));
            parts.Add(new CropWindow(latent, picture, mask).Over(reference).MoveToOuterDisposeScope());
        }
        return cat(parts).MoveToOuterDisposeScope();
    }

    private IEnumerable<EvaluationRow> Judge(Clip clip, short[] other)
    {
        var frames = Math.Min(clip.Frames, MaxFrames);
        var real = FrameBatch.Load(Enumerable.Range(0, frames).Select(f => (clip, f)).ToList());
        var reference = real.narrow(0, 0, 1);
        var truth = Track(real);
        var small = nn.functional.avg_pool2d(real, 2);
        EvaluationRow Row(string name, Tensor made)
        {
            var faces = ReferenceEquals(made, real) ? truth : Track(made);
            var (correlation, amplitude) = FaceMeasures.Mouth(faces, truth);
            var half = nn.functional.avg_pool2d(made, 2);
            return new EvaluationRow(name, correlation, amplitude, FaceMeasures.LipDistance(faces, truth), FaceMeasures.LandmarkDistance(faces, truth),
                ImageMetrics.Psnr(half, small), ImageMetrics.Ssim(half, small));
        }
        var shipped = Generate(reference, clip.Audio, frames, 1);
        if (Sheets is not null)
            WriteSheet(clip, real, shipped);
        return
        [
            Row("real", real),
            Row("reconstruction", Reconstruct(real, reference)),
            Row("static", reference.expand(frames, -1, -1, -1)),
            Row("shuffled", Generate(reference, other, frames, 1)),
            Row("shipped", shipped),
        ];
    }

    private List<FaceLandmarks> Track(Tensor crops)
    {
        var faces = new List<FaceLandmarks>();
        var tracker = new FaceTracker(finder);
        foreach (var crop in crops.unbind(0))
        {
            using var scope = NewDisposeScope();
            var bytes = ((crop.permute(1, 2, 0).clamp(-1, 1) + 1) * 127.5 + 0.5).to(ScalarType.Byte).contiguous();
            var image = new RgbImage((int)bytes.shape[1], (int)bytes.shape[0], bytes.bytes.ToArray());
            // A frame in which no face is seen counts as the one before it.
            faces.Add(tracker.Next(image) ?? faces.LastOrDefault() ?? new FaceLandmarks(new System.Numerics.Vector2[468], 0));
        }
        return faces;
    }

    private void WriteSheet(Clip clip, Tensor real, Tensor made)
    {
        Directory.CreateDirectory(Sheets!);
        var pick = Enumerable.Range(0, 10).Select(i => (long)(i * (real.shape[0] - 1) / 9)).ToArray();
        SampleSheet.Write(Path.Combine(Sheets!, Path.GetFileNameWithoutExtension(clip.Name) + ".png"),
            real.index_select(0, tensor(pick)), made.index_select(0, tensor(pick)));
    }
}
