using System.Numerics;
using FADA.Realtime.Faces.Geometry;

namespace FADA.Realtime.Training.Data;

/// <summary>What preparation makes of one clip, frame by frame in step.</summary>
/// <param name="Frames">RGB crops, <see cref="FaceCrop.Size"/> squared x 3 bytes each.</param>
/// <param name="Landmarks">468 points per frame in crop pixels.</param>
/// <param name="Transforms">Source pixels to crop pixels.</param>
/// <param name="Audio">16 kHz mono, 640 samples per frame.</param>
/// <param name="LostFrames">Frames in which no face was seen; their landmarks repeat the frame before.</param>
public sealed record PreparedClip(
    IReadOnlyList<byte[]> Frames, IReadOnlyList<Vector2[]> Landmarks, IReadOnlyList<CropTransform> Transforms, short[] Audio, int LostFrames)
{
    /// <summary>Inner-lip distance over eye distance, per frame.</summary>
    public float[] MouthOpening() => [.. Landmarks.Select(p =>
        Vector2.Distance(p[FacePoints.InnerLipUpper], p[FacePoints.InnerLipLower])
        / Vector2.Distance(p[FacePoints.LeftEyeOuter], p[FacePoints.RightEyeOuter]))];
}
