using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Graphs;
using FADA.Realtime.Faces.Images;
using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Detection;

/// <summary>The face mesh net (192 input): 468 points on an upright square crop of a face.</summary>
public sealed class LandmarkNet : IDisposable
{
    private const int Input = 192;

    // The crop is a square 1.5 times the longer side of the face's box.
    private const float Margin = 1.5f;

    private readonly GraphModel _graph;

    /// <exception cref="FaceModelException">The network is missing or damaged.</exception>
    public LandmarkNet(string folder) => _graph = GraphModel.Load(Path.Combine(folder, "facemesh.json"));

    /// <summary>Landmarks of the face that the detector found.</summary>
    public FaceLandmarks Locate(RgbImage image, FaceBox box) =>
        Locate(image, box.Centre, MathF.Max(box.Size.X, box.Size.Y), Angle(box.LeftEye, box.RightEye));

    /// <summary>Landmarks near where the face was before (previous frame, or a first coarse result).</summary>
    public FaceLandmarks Locate(RgbImage image, FaceLandmarks previous)
    {
        var angle = Angle(previous.Points[FacePoints.LeftEyeOuter], previous.Points[FacePoints.RightEyeOuter]);
        // The box is measured along the face's own axes, so that a tilted head does not grow it.
        var upright = new CropTransform(MathF.Cos(-angle), MathF.Sin(-angle), 0, 0);
        Vector2 min = new(float.MaxValue), max = new(float.MinValue);
        foreach (var point in previous.Points)
            (min, max) = (Vector2.Min(min, upright.Apply(point)), Vector2.Max(max, upright.Apply(point)));
        return Locate(image, upright.Inverse().Apply((min + max) / 2), MathF.Max(max.X - min.X, max.Y - min.Y), angle);
    }

    public void Dispose() => _graph.Dispose();

    private FaceLandmarks Locate(RgbImage image, Vector2 centre, float size, float angle)
    {
        using var scope = NewDisposeScope();
        var view = CropTransform.Square(centre, Margin * MathF.Max(size, 1), angle, Input);
        var pixels = new float[Input * Input * 3];
        ImageWarp.ToFloats(image, view, Input, Input, pixels, 1 / 255f, 0);
        var raw = _graph.Run(tensor(pixels, [1, Input, Input, 3]), "Identity_2", "Identity_1"); // (1, 1404), (1, 1)
        var mesh = raw[0].data<float>().ToArray();
        var back = view.Inverse();
        var points = new Vector2[FacePoints.Count];
        for (var i = 0; i < points.Length; i++)
            points[i] = back.Apply(new Vector2(mesh[3 * i], mesh[3 * i + 1]));
        return new FaceLandmarks(points, raw[1].data<float>()[0]);
    }

    private static float Angle(Vector2 left, Vector2 right) => MathF.Atan2(right.Y - left.Y, right.X - left.X);
}
