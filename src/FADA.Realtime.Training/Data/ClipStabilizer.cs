using System.Numerics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Training.Data;

/// <summary>
/// Turns frames with landmarks into crops that hold the head still: the crop's anchors are smoothed over time by a
/// Gaussian, so a frame's crop is cut when the frames after it are known. Keeps only those frames in memory.
/// </summary>
internal sealed class ClipStabilizer
{
    private readonly float[] _kernel;
    private readonly Queue<RgbImage> _waiting = new();
    private readonly List<Vector2[]> _anchors = [];
    private readonly List<Vector2[]> _source = [];

    public ClipStabilizer(float sigma)
    {
        var radius = (int)MathF.Ceiling(3 * sigma);
        _kernel = [.. Enumerable.Range(-radius, 2 * radius + 1).Select(i => MathF.Exp(-0.5f * i * i / (sigma * sigma)))];
    }

    public List<byte[]> Frames { get; } = [];
    public List<Vector2[]> Landmarks { get; } = [];
    public List<CropTransform> Transforms { get; } = [];

    public void Add(RgbImage frame, FaceLandmarks face)
    {
        _waiting.Enqueue(frame);
        _source.Add(face.Points);
        _anchors.Add(FaceCrop.Anchors(face.Points));
        if (_waiting.Count > _kernel.Length / 2)
            Cut();
    }

    /// <summary>Cuts the crops that still waited for later frames.</summary>
    public void Complete()
    {
        while (_waiting.Count > 0)
            Cut();
    }

    private void Cut()
    {
        var index = Frames.Count;
        var transform = FaceCrop.FromAnchors(Smooth(index));
        Frames.Add(FaceCrop.Extract(_waiting.Dequeue(), transform).Data);
        Landmarks.Add([.. _source[index].Select(transform.Apply)]);
        Transforms.Add(transform);
    }

    private Vector2[] Smooth(int index)
    {
        var radius = _kernel.Length / 2;
        var mean = new Vector2[FaceCrop.AnchorCount];
        float total = 0;
        for (var i = Math.Max(0, index - radius); i <= Math.Min(_anchors.Count - 1, index + radius); i++)
        {
            var weight = _kernel[i - index + radius];
            total += weight;
            for (var k = 0; k < mean.Length; k++)
                mean[k] += weight * _anchors[i][k];
        }
        for (var k = 0; k < mean.Length; k++)
            mean[k] /= total;
        return mean;
    }
}
