using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Training.Lips;

namespace FADA.Realtime.Training.Tests.Lips;

public class LipShapeTests
{
    [Fact]
    public void Measure_MirroredFace_IsTheSame()
    {
        var face = Face(opening: 6, tilt: 3);
        var mirrored = new float[face.Length];
        foreach (var contour in new[] { FacePoints.OuterLips.ToArray(), FacePoints.InnerLips.ToArray() })
        {
            for (var k = 0; k < contour.Length; k++)
            {
                // What was on the right is now on the left.
                var twin = contour[k <= 10 ? 10 - k : 30 - k];
                (mirrored[contour[k] * 2], mirrored[contour[k] * 2 + 1]) = (256 - face[twin * 2], face[twin * 2 + 1]);
            }
        }

        Assert.Equal(Shape(face), Shape(mirrored), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    [Fact]
    public void Measure_MouthOpened_TheInnerContourSaysByHowMuch()
    {
        var (closed, open) = (Shape(Face(0, 0)), Shape(Face(8, 0)));

        // The middles of the inner contour: 8 pixels of an eye distance of 200.
        Assert.Equal(4, open[26] - open[25] - (closed[26] - closed[25]), 1e-3);
    }

    [Fact]
    public void Measure_HeadMoved_IsTheSame()
    {
        var face = Face(5, 2);
        var moved = face.Select((v, i) => v + (i % 2 == 0 ? 11 : -7)).ToArray();

        Assert.Equal(Shape(face), Shape(moved), (a, b) => Math.Abs(a - b) < 1e-3);
    }

    private static float[] Shape(float[] face)
    {
        var shape = new float[LipShape.Size];
        LipShape.Measure(face, 2, shape);
        return shape;
    }

    // Two ellipses around (128, 190); the lower half of the inner one hangs down by the opening, the left corner by the tilt.
    private static float[] Face(float opening, float tilt)
    {
        var face = new float[FacePoints.Count * 2];
        foreach (var (contour, size) in new[] { (FacePoints.OuterLips.ToArray(), 1f), (FacePoints.InnerLips.ToArray(), 0.7f) })
        {
            for (var k = 0; k < contour.Length; k++)
            {
                var angle = MathF.PI - k * MathF.PI / 10;
                face[contour[k] * 2] = 128 + 30 * size * MathF.Cos(angle);
                face[contour[k] * 2 + 1] = 190 - 12 * size * MathF.Sin(angle) + (k == 0 ? tilt : 0) + (k > 10 && size < 1 ? opening : 0);
            }
        }
        return face;
    }
}
