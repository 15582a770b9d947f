using System.Numerics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Training.Portraits;

namespace FADA.Realtime.Training.Tests.Portraits;

public class PortraitPartsTests
{
    [Fact]
    public void MeanShape_OfTurnedAndScaledFaces_HasLevelEyesAtTheirPlace()
    {
        // Arrange
        var turned = CropTransform.Square(new Vector2(180, 150), 200, 0.3f, 300);
        Vector2[][] faces = [DrawnFace.Points(new(180, 150), 76, 1), [.. DrawnFace.Points(new(160, 140), 60, 2).Select(turned.Apply)], DrawnFace.Points(new(200, 120), 90, 3)];

        // Act
        var shape = MeanShape.Of(faces, 512);

        // Assert
        var (left, right) = (shape[FacePoints.LeftEyeOuter], shape[FacePoints.RightEyeOuter]);
        Assert.Equal(left.Y, right.Y, 0.01f);
        Assert.Equal(256, (left.X + right.X) / 2, 0.01f);
        Assert.InRange(right.X - left.X, 0.18f * 512, 0.27f * 512);
        Assert.InRange(left.Y, 0.38f * 512, 0.5f * 512);
        Assert.True(shape[FacePoints.Chin].Y > left.Y);
    }

    [Fact]
    public void ShapeWarp_OfASimilarity_IsThatSimilarityEverywhere()
    {
        var points = DrawnFace.Points(new(256, 240), 118, 1);
        var motion = CropTransform.Square(new Vector2(256, 240), 500, 0.2f, 300);

        var warp = new ShapeWarp(points, [.. points.Select(motion.Apply)], 512, 512, softness: 5);

        foreach (var p in new Vector2[] { new(0.5f, 0.5f), new(511.5f, 511.5f), new(256, 240), new(30, 400) })
            Assert.True(Vector2.Distance(motion.Apply(p), warp.At(p)) < 0.1f);
    }

    [Fact]
    public void ShapeWarp_OneFeatureMoved_MovesItsSurroundingsOnly()
    {
        // Arrange: everything within 20 pixels of the chin is 6 pixels lower in the source.
        var points = DrawnFace.Points(new(256, 240), 118, 1);
        var chin = points[FacePoints.Chin];
        Vector2[] source = [.. points.Select(p => Vector2.Distance(p, chin) < 20 ? p + new Vector2(0, 6) : p)];

        // Act
        var warp = new ShapeWarp(points, source, 512, 512, softness: 5);

        // Assert
        Assert.InRange(warp.At(chin).Y - chin.Y, 3, 7);
        var eye = points[FacePoints.LeftEyeOuter];
        Assert.True(Vector2.Distance(warp.At(eye), eye) < 0.5f);
    }

    [Fact]
    public void ChromaKey_PersonBeforeTheScreen_IsOpaqueAndTheScreenIsGone()
    {
        // Arrange: a disc of skin, its edge mixed with the screen over four pixels.
        var skin = new Vector3(0.8f, 0.62f, 0.54f);
        var picture = new FloatImage(200, 200);
        var truth = new float[200 * 200];
        for (var i = 0; i < truth.Length; i++)
        {
            var d = Vector2.Distance(new Vector2(i % 200, i / 200), new Vector2(100, 100));
            truth[i] = Math.Clamp((62 - d) / 4, 0, 1);
            picture.Pixels[i] = Vector3.Lerp(DrawnFace.Screen, skin, truth[i]);
        }

        // Act
        var (person, opacity) = ChromaKey.Cut(picture);

        // Assert
        for (var i = 0; i < truth.Length; i++)
        {
            if (truth[i] is 0 or 1)
                Assert.InRange(opacity[i], truth[i] - 0.35f, truth[i] + 0.35f);
            if (opacity[i] > 0.5f)
                Assert.True(person.Pixels[i].Z < person.Pixels[i].X, "the screen shows in the person's edge");
        }
        Assert.Equal(1, opacity[100 * 200 + 100]);
        Assert.Equal(0, opacity[0]);
    }

    [Fact]
    public void DetailBlend_OfTheSamePicture_IsThatPicture()
    {
        var random = new Random(5);
        var picture = new FloatImage(64, 64).Map(_ => new Vector3(random.NextSingle(), random.NextSingle(), random.NextSingle()));

        var mean = DetailBlend.Mean([picture, picture, picture]);

        for (var i = 0; i < mean.Pixels.Length; i++)
            Assert.True(Vector3.Distance(picture.Pixels[i], mean.Pixels[i]) < 1e-3f);
    }

    [Theory]
    [InlineData(FacePoints.InnerLipLower, 0.2f)]
    [InlineData(145, -0.09f)]
    [InlineData(FacePoints.NoseTip, 0.3f)]
    public void NeutralScore_MouthOpenOrEyeClosedOrHeadTurned_IsLower(int point, float change)
    {
        var points = DrawnFace.Points(new(180, 150), 76, 1);
        var neutral = NeutralFrameFinder.Score(new FaceLandmarks([.. points], 1));
        points[point] += 76 * (point == FacePoints.NoseTip ? new Vector2(change, 0) : new Vector2(0, change));

        Assert.True(NeutralFrameFinder.Score(new FaceLandmarks(points, 1)) < neutral - 0.03f);
    }
}
