using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Training.Runs;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Evaluation;

/// <summary>Makes portraits of any kind speak, and judges them without a truth to compare with.</summary>
public sealed class PortraitJudge(EvaluationTools tools, Contestant contestant)
{
    /// <summary>Below it the person counts as another.</summary>
    public const double LeastIdentity = 0.8;

    /// <summary>Below it the mouth counts as frozen, % of the eye distance.</summary>
    public const double LeastMotion = 0.5;

    /// <summary>Above it the face counts as trembling, pixels at 128 x 128; real GRID video has 0.3.</summary>
    public const double MostJitter = 1;
    private const int Frames = 64;
    private const int Shown = 8;

    /// <param name="path">Picture with one face.</param>
    /// <param name="speech">16 kHz.</param>
    /// <param name="sheet">PNG of the portrait and frames of it; null for none.</param>
    public PortraitScore Judge(string path, short[] speech, string? sheet)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        var name = Path.GetFileName(path);
        Tensor reference;
        try
        {
            var image = PortraitImage.Load(path);
            var face = tools.Finder.FindPortrait(image);
            reference = ToTensor(FaceCrop.Extract(image, FaceCrop.FromLandmarks(face.Points)));
        }
        catch (PortraitException e)
        {
            return new PortraitScore(name, false, e.Message, 0, 0, 0);
        }
        var made = Evaluator.Generate(contestant, reference, speech, Frames, 1);
        if (sheet is not null)
            SampleSheet.Write(sheet, cat([reference, made.index_select(0, tensor(Enumerable.Range(1, Shown).Select(i => (long)i * (Frames - 1) / Shown).ToArray()))]));
        return Score(name, reference, made);
    }

    private PortraitScore Score(string name, Tensor reference, Tensor made)
    {
        var tracker = new FaceTracker(tools.Finder);
        var faces = made.unbind(0).Select(crop => tracker.Next(CropImage.Of(crop))).ToList();
        var portrait = CropImage.Of(reference[0]);
        if (tools.Finder.Find(portrait).FirstOrDefault() is not { } still || faces.Any(f => f is null))
            return new PortraitScore(name, false, "the face is lost in some frames", 0, 0, 0);
        var person = tools.Descriptor.Describe(portrait, still);
        var identity = Enumerable.Range(0, Frames / 8).Average(i => FaceDescriptor.Similarity(person, tools.Descriptor.Describe(CropImage.Of(made[i * 8]), faces[i * 8]!)));
        var motion = Statistics.Deviation(faces.Select(f => f!.MouthOpening * 100).ToArray());
        var jitter = FaceMeasures.Jitter(faces!);
        var why = identity < LeastIdentity ? "another person" : motion < LeastMotion ? "the mouth hardly moves" : jitter > MostJitter ? "the face trembles" : "";
        return new PortraitScore(name, why.Length == 0, why, identity, motion, jitter);
    }

    private static Tensor ToTensor(RgbImage image) =>
        (tensor(image.Data, [1, image.Height, image.Width, 3]).to(ScalarType.Float32).permute(0, 3, 1, 2) / 127.5 - 1).contiguous();
}
