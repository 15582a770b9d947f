using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Clips;
using FADA.Realtime.Training.Sync;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>Measures what was made of one clip against the real video, on the same stabilised crop.</summary>
internal sealed class ClipJudge
{
    // Frames whose sharpness and identity are looked at: every so many.
    private const int Every = 10;
    private readonly EvaluationTools _tools;
    private readonly FadaModel _model;
    private readonly Clip _clip;
    private readonly Tensor _real;
    private readonly Tensor _small;
    private readonly List<FaceLandmarks> _truth;
    private readonly float[]? _person;

    /// <param name="model">Whose encoder makes the latents that the sync expert sees.</param>
    /// <param name="real">(T, 3, 256, 256), -1..1.</param>
    public ClipJudge(EvaluationTools tools, FadaModel model, Clip clip, Tensor real)
    {
        (_tools, _model, _clip, _real) = (tools, model, clip, real);
        _small = nn.functional.avg_pool2d(real, 2);
        _truth = Track(real);
        _person = _tools.Descriptor.Describe(CropImage.Of(real[0]), _truth[0]);
    }

    public ClipScore Score(string name, Tensor made, double evaluations = 0, double gflop = 0, double milliseconds = 0)
    {
        using var scope = NewDisposeScope();
        var faces = ReferenceEquals(made, _real) ? _truth : Track(made);
        var (correlation, amplitude) = FaceMeasures.Mouth(faces, _truth);
        var half = nn.functional.avg_pool2d(made, 2);
        var picks = Enumerable.Range(0, (int)((made.shape[0] + Every - 1) / Every)).Select(i => i * Every).ToList();
        var sync = Sync(made);
        return new ClipScore(name,
            ImageMetrics.Psnr(half, _small), ImageMetrics.Ssim(half, _small), picks.Average(i => Sharpness(made[i])),
            FaceMeasures.LandmarkDistance(faces, _truth), FaceMeasures.RelativeLandmarkDistance(faces, _truth), FaceMeasures.LipDistance(faces, _truth),
            correlation, amplitude, sync?.Distance ?? 0, sync?.Confidence ?? 0,
            picks.Average(i => FaceDescriptor.Similarity(_person, _tools.Descriptor.Describe(CropImage.Of(made[i]), faces[i]))),
            FaceMeasures.Jitter(faces), evaluations, gflop, milliseconds);
    }

    private SyncScore? Sync(Tensor made)
    {
        if (_tools.Expert is null)
            return null;
        using var scope = NewDisposeScope();
        var latents = cat(Enumerable.Range(0, (int)((made.shape[0] + 15) / 16)).Select(i => Encode(made.narrow(0, i * 16, Math.Min(16, made.shape[0] - i * 16)))).ToArray());
        var reference = Encode(_real.narrow(0, 0, 1));
        return SyncScore.Of(_tools.Expert, _tools.Mel, _model.Config.Latents.ToData(latents, reference), _model.Config.Latents.Normalise(reference), _clip.Audio);
    }

    private Tensor Encode(Tensor crops) => _model.Encoder.call(crops.to(_model.Precision).ChannelsLast()).Item1.to(ScalarType.Float32);

    private List<FaceLandmarks> Track(Tensor crops)
    {
        var faces = new List<FaceLandmarks>();
        var tracker = new FaceTracker(_tools.Finder);
        foreach (var crop in crops.unbind(0))
        {
            using var scope = NewDisposeScope();
            // A frame in which no face is seen counts as the one before it.
            faces.Add(tracker.Next(CropImage.Of(crop)) ?? faces.LastOrDefault() ?? new FaceLandmarks(new System.Numerics.Vector2[468], 0));
        }
        return faces;
    }

    private static double Sharpness(Tensor crop)
    {
        using var scope = NewDisposeScope();
        var luma = ((crop.clamp(-1, 1) + 1) * 127.5 * tensor(new[] { .299f, .587f, .114f }, [3, 1, 1])).sum([0]);
        return BlurDetection.Cpbd(luma.data<float>().ToArray(), (int)luma.shape[1], (int)luma.shape[0]);
    }
}
