using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Graphs;
using FADA.Realtime.Faces.Images;
using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Detection;

/// <summary>The description net (faceres, 224 input): a 1024-vector that is alike for pictures of one person.</summary>
public sealed class FaceDescriptor : IDisposable
{
    private const int Input = 224;
    private const string Output = "global_pooling/Mean";
    private readonly GraphModel _graph;

    /// <param name="folder">Where the networks lie; <see cref="FaceModels.Folder"/> when null.</param>
    /// <exception cref="FaceModelException">The network is missing or damaged.</exception>
    public FaceDescriptor(string? folder = null) => _graph = GraphModel.Load(Path.Combine(folder ?? FaceModels.Folder(), "faceres.json"));

    /// <returns>1024 numbers.</returns>
    public float[] Describe(RgbImage image, FaceLandmarks face)
    {
        using var scope = NewDisposeScope();
        var (min, max) = face.Bounds;
        var view = CropTransform.Square((min + max) / 2, 1.4f * MathF.Max(max.X - min.X, max.Y - min.Y), 0, Input);
        var pixels = new float[Input * Input * 3];
        ImageWarp.ToFloats(image, view, Input, Input, pixels, 1, 0);
        return _graph.Run(tensor(pixels, [1, Input, Input, 3]), Output)[0].data<float>().ToArray();
    }

    /// <summary>Cosine of the angle between two descriptions: 1 for the same picture.</summary>
    public static double Similarity(ReadOnlySpan<float> a, ReadOnlySpan<float> b)
    {
        double ab = 0, aa = 0, bb = 0;
        for (var i = 0; i < a.Length; i++)
        {
            ab += a[i] * b[i];
            aa += a[i] * a[i];
            bb += b[i] * b[i];
        }
        return ab / Math.Sqrt(aa * bb + 1e-12);
    }

    public void Dispose() => _graph.Dispose();
}
