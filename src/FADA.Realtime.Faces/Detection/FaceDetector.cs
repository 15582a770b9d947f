using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Graphs;
using FADA.Realtime.Faces.Images;
using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Detection;

/// <summary>BlazeFace (256 input, 896 anchors, 6 keypoints): boxes of the faces in a square part of a picture.</summary>
public sealed class FaceDetector : IDisposable
{
    private const int Input = 256;
    private const float SameFace = 0.3f;

    private static readonly string[] Outputs = ["Identity", "Identity_1", "Identity_2", "Identity_3"];
    private static readonly Vector2[] Anchors = [.. Grid(stride: 16, each: 2), .. Grid(stride: 32, each: 6)];

    private readonly GraphModel _graph;

    /// <exception cref="FaceModelException">The network is missing or damaged.</exception>
    public FaceDetector(string folder) => _graph = GraphModel.Load(Path.Combine(folder, "blazeface.json"));

    /// <summary>Faces seen through one view, overlaps merged, best first.</summary>
    /// <param name="image">The picture.</param>
    /// <param name="view">Image pixels to the detector's 256 x 256 input.</param>
    /// <param name="threshold">Least score.</param>
    public List<FaceBox> Detect(RgbImage image, CropTransform view, float threshold = 0.5f)
    {
        using var scope = NewDisposeScope();
        var pixels = new float[Input * Input * 3];
        ImageWarp.ToFloats(image, view, Input, Input, pixels, 1 / 127.5f, -1);
        var raw = _graph.Run(tensor(pixels, [1, Input, Input, 3]), Outputs);
        float[] scores = [.. raw[0].data<float>(), .. raw[1].data<float>()]; // 512 + 384
        float[] shapes = [.. raw[2].data<float>(), .. raw[3].data<float>()]; // (512 + 384) x 16

        var back = view.Inverse();
        var found = new List<FaceBox>();
        for (var i = 0; i < Anchors.Length; i++)
        {
            var score = 1 / (1 + MathF.Exp(-scores[i]));
            if (score < threshold)
                continue;
            var s = shapes.AsSpan(16 * i, 16);
            found.Add(new FaceBox(
                back.Apply(Anchors[i] + new Vector2(s[0], s[1])),
                new Vector2(s[2], s[3]) * back.Scale,
                back.Apply(Anchors[i] + new Vector2(s[4], s[5])),
                back.Apply(Anchors[i] + new Vector2(s[6], s[7])),
                score));
        }
        return Merge(found);
    }

    public void Dispose() => _graph.Dispose();

    /// <summary>Blends boxes that overlap, weighted by score: steadier than keeping only the best one.</summary>
    internal static List<FaceBox> Merge(IEnumerable<FaceBox> boxes)
    {
        var waiting = boxes.OrderByDescending(b => b.Score).ToList();
        var merged = new List<FaceBox>();
        while (waiting.Count > 0)
        {
            var best = waiting[0];
            var same = waiting.Where(b => b.Overlap(best) > SameFace).ToList();
            waiting.RemoveAll(b => b.Overlap(best) > SameFace);
            waiting.Remove(best);
            if (same.Count == 0)
                continue; // an empty box overlaps nothing, not even itself
            var total = same.Sum(b => b.Score);
            Vector2 Mean(Func<FaceBox, Vector2> part) => same.Aggregate(Vector2.Zero, (sum, b) => sum + part(b) * (b.Score / total));
            merged.Add(new FaceBox(Mean(b => b.Centre), Mean(b => b.Size), Mean(b => b.LeftEye), Mean(b => b.RightEye), best.Score));
        }
        return merged;
    }

    private static IEnumerable<Vector2> Grid(int stride, int each)
    {
        for (var y = 0; y < Input / stride; y++)
            for (var x = 0; x < Input / stride; x++)
                for (var n = 0; n < each; n++)
                    yield return new Vector2(x + 0.5f, y + 0.5f) * stride;
    }
}
