using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;

namespace FADA.Realtime.Faces.Tests.Geometry;

public class CropGeometryTests
{
    private static readonly CropTransform Tilted = CropTransform.Square(new Vector2(210, 140), 180, 0.3f, FaceCrop.Size);

    [Fact]
    public void Inverse_OfTransform_BringsPointsBack()
    {
        foreach (var point in new Vector2[] { new(0, 0), new(17.5f, 300), new(-40, 12) })
            Assert.True(Vector2.Distance(point, Tilted.Inverse().Apply(Tilted.Apply(point))) < 1e-3f);
        Assert.Equal(Tilted, CropTransform.FromMatrix(Tilted.ToMatrix()));
    }

    [Fact]
    public void FromAnchors_OfMovedFace_PutsTheSamePointsAtTheSamePlace()
    {
        // Arrange: the eye corners and nose of one face, and the same face moved, turned and enlarged.
        Vector2[] face = [new(100, 120), new(120, 121), new(146, 121), new(166, 120), new(133, 117), new(133, 122), new(133, 127), new(133, 132), new(133, 143)];
        var motion = CropTransform.Square(new Vector2(50, 80), 120, -0.4f, 200);
        var moved = face.Select(motion.Apply).ToArray();

        // Act
        var (first, second) = (FaceCrop.FromAnchors(face), FaceCrop.FromAnchors(moved));

        // Assert
        for (var i = 0; i < face.Length; i++)
            Assert.True(Vector2.Distance(first.Apply(face[i]), second.Apply(moved[i])) < 0.05f);
        Assert.InRange(first.Apply(face[0]).X / FaceCrop.Size, 0.28f, 0.34f);
        Assert.InRange(first.Apply(face[3]).X / FaceCrop.Size, 0.66f, 0.72f);
    }

    [Fact]
    public void ToBytes_ThereAndBack_KeepsASmoothPicture()
    {
        // Arrange
        var image = new RgbImage(320, 280);
        for (var y = 0; y < image.Height; y++)
            for (var x = 0; x < image.Width; x++)
                for (var c = 0; c < 3; c++)
                    image.Data[3 * (y * image.Width + x) + c] = (byte)(128 + 100 * MathF.Sin(0.05f * x + c) * MathF.Cos(0.04f * y));

        // Act
        var crop = FaceCrop.Extract(image, Tilted);
        var back = new RgbImage(image.Width, image.Height);
        ImageWarp.ToBytes(crop, Tilted.Inverse(), back.Width, back.Height, back.Data);

        // Assert: inside the crop nothing moved, by so much as a third of a pixel.
        var worst = 0;
        for (var y = 110; y < 170; y++)
            for (var x = 180; x < 240; x++)
                worst = Math.Max(worst, Math.Abs(image.Data[3 * (y * image.Width + x)] - back.Data[3 * (y * image.Width + x)]));
        Assert.InRange(worst, 0, 3);
    }

    [Fact]
    public void ToBytes_WhenShrinking_AveragesInsteadOfSkipping()
    {
        // Arrange: black and white columns, which a plain sampler would turn all black or all white.
        var image = new RgbImage(400, 400);
        for (var i = 0; i < image.Data.Length; i++)
            image.Data[i] = (byte)(i / 3 % 2 * 255);

        // Act
        var small = new byte[50 * 50 * 3];
        ImageWarp.ToBytes(image, CropTransform.Square(new Vector2(200, 200), 400, 0, 50), 50, 50, small);

        // Assert
        Assert.All(small, value => Assert.InRange(value, 118, 137));
    }
}
