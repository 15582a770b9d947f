using System.Numerics;

namespace FADA.Realtime.Faces.Detection;

/// <summary>What the detector says about one face, in image pixels: box, eyes and how sure it is (0..1).</summary>
public readonly record struct FaceBox(Vector2 Centre, Vector2 Size, Vector2 LeftEye, Vector2 RightEye, float Score)
{
    /// <summary>Intersection over union with another box.</summary>
    public float Overlap(FaceBox other)
    {
        var (a, b) = (Centre - Size / 2, Centre + Size / 2);
        var (c, d) = (other.Centre - other.Size / 2, other.Centre + other.Size / 2);
        var shared = Vector2.Max(Vector2.Min(b, d) - Vector2.Max(a, c), Vector2.Zero);
        var both = shared.X * shared.Y;
        return both / (Size.X * Size.Y + other.Size.X * other.Size.Y - both);
    }
}
