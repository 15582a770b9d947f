using System.Diagnostics;
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
/// <param name="shipped">The model that the anchors are made with.</param>
/// <param name="others">Further rows.</param>
public sealed class Evaluator(EvaluationTools tools, Contestant shipped, IReadOnlyList<Contestant> others)
{
    private const int Window = 8;
    private const int SamplesPerFrame = 640;

    /// <summary>Frames of a clip that are judged at most.</summary>
    public int MaxFrames { get; init; } = 250;

    /// <summary>Contact sheets of real and generated frames go here; null for none.</summary>
    public string? Sheets { get; init; }

    /// <summary>Gets the crops of each clip (real, then by row name), e.g. for videos; null for nobody.</summary>
    public Action<Clip, IReadOnlyList<(string Name, Tensor Crops)>>? Watch { get; init; }

    /// <param name="clips">Prepared clips, at least one.</param>
    /// <param name="progress">0 to 1.</param>
    public EvaluationReport Run(IReadOnlyList<Clip> clips, IProgress<double>? progress, CancellationToken cancellation)
    {
        var clock = Stopwatch.StartNew();
        var scores = new List<ClipScore>();
        for (var i = 0; i < clips.Count; i++)
        {
            cancellation.ThrowIfCancellationRequested();
            using var scope = NewDisposeScope();
            using var _ = no_grad();
            scores.AddRange(Judge(clips[i], OtherSpeech(clips, i), cancellation));
            progress?.Report((i + 1.0) / clips.Count);
        }
        var rows = scores.GroupBy(s => s.Name).Select(g => ClipScore.Row(g.Key, g.ToList())).ToList();
        return new EvaluationReport(rows, clips.Count, clock.Elapsed.TotalSeconds);
    }

    /// <summary>Generated crops (T, 3, 256, 256), -1..1, of a face spoken by <paramref name="speech"/>.</summary>
    /// <param name="reference">(1, 3, 256, 256)</param>
    public static Tensor Generate(Contestant contestant, Tensor reference, ReadOnlySpan<short> speech, int frames, ulong seed)
    {
        using var scope = NewDisposeScope();
        var model = contestant.Model;
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
            using var window = generator.Next(samples.AsSpan(start * SamplesPerFrame, (count + ahead) * SamplesPerFrame), count, contestant.Steps, contestant.Scales);
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
        var model = shipped.Model;
        using var identity = Identity.Create(model, reference);
        var parts = new List<Tensor>();
        for (var start = 0L; start < real.shape[0]; start += Window)
        {
            using var inner = NewDisposeScope();
            var count = Math.Min(Window, real.shape[0] - start);
            var (latent, _) = model.Encoder.call(real.narrow(0, start, count).to(model.Precision).ChannelsLast());
            var painting = model.Decoder.call(latent.to(model.Precision).ChannelsLast(), identity.DecoderFeatures.expand(count, -1, -1, -1));
            parts.Add(painting.Over(reference).MoveToOuterDisposeScope());
        }
        return cat(parts).MoveToOuterDisposeScope();
    }

    private List<ClipScore> Judge(Clip clip, short[] other, CancellationToken cancellation)
    {
        var frames = Math.Min(clip.Frames, MaxFrames);
        var real = FrameBatch.Load(Enumerable.Range(0, frames).Select(f => (clip, f)).ToList());
        var reference = real.narrow(0, 0, 1);
        var judge = new ClipJudge(tools, shipped.Model, clip, real);
        var seen = new List<(string, Tensor)> { ("real", real) };
        List<ClipScore> scores =
        [
            judge.Score("real", real),
            judge.Score("reconstruction", Reconstruct(real, reference)),
            judge.Score("static", reference.expand(frames, -1, -1, -1)),
            Made(shipped with { Name = "shuffled" }, other),
            Made(shipped, clip.Audio),
            .. others.Select(o => Made(o, clip.Audio)),
        ];
        if (Sheets is not null)
            WriteSheet(clip, seen);
        Watch?.Invoke(clip, seen);
        return scores;

        ClipScore Made(Contestant contestant, short[] speech)
        {
            cancellation.ThrowIfCancellationRequested();
            var clock = Stopwatch.StartNew();
            var crops = Generate(contestant, reference, speech, frames, 1);
            var milliseconds = clock.Elapsed.TotalMilliseconds / frames;
            seen.Add((contestant.Name, crops));
            return judge.Score(contestant.Name, crops, contestant.Evaluations, ModelCost.GflopPerFrame(contestant.Model, contestant.Evaluations, Window), milliseconds);
        }
    }

    private void WriteSheet(Clip clip, IReadOnlyList<(string Name, Tensor Crops)> seen)
    {
        Directory.CreateDirectory(Sheets!);
        var length = seen[0].Crops.shape[0];
        var pick = tensor(Enumerable.Range(0, 10).Select(i => i * (length - 1) / 9).ToArray());
        SampleSheet.Write(Path.Combine(Sheets!, Path.GetFileNameWithoutExtension(clip.Name) + ".png"),
            [.. seen.Where(s => s.Name != "shuffled").Select(s => s.Crops.index_select(0, pick))]);
    }
}
