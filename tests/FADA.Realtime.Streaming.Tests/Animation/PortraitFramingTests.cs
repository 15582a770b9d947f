using System.Numerics;
using FADA.Realtime.Faces.Detection;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Tests.Animation;

public class PortraitFramingTests
{
    private const int Side = PortraitFraming.Side;

    [Fact]
    public void Frame_LargePicture_PutsTheEyesWhereTheyBelong()
    {
        var eyes = EyesInVideo(2000, 1500, new Vector2(900, 600), 150);

        Assert.InRange(eyes.Distance, 0.195f * Side, 0.205f * Side);
        Assert.InRange(eyes.Middle.X, 0.49f * Side, 0.51f * Side);
        Assert.InRange(eyes.Middle.Y, 0.39f * Side, 0.41f * Side);
    }

    [Fact]
    public void Frame_PictureSmallerThanTheFrame_ShowsAllOfTheShorterSide()
    {
        // 100 pixels between the eyes ask for a square of 500; there are 360 x 288.
        var eyes = EyesInVideo(360, 288, new Vector2(180, 120), 100);

        Assert.InRange(eyes.Distance, 100f / 288 * Side - 2, 100f / 288 * Side + 2);
        Assert.InRange(eyes.Middle.Y, 120f / 288 * Side - 2, 120f / 288 * Side + 2);
    }

    [Theory]
    [InlineData(60, 80)]
    [InlineData(940, 80)]
    [InlineData(60, 920)]
    [InlineData(940, 920)]
    public void Frame_FaceAtTheBorder_StaysInsideThePicture(float x, float y)
    {
        // Arrange: the picture has no black; a frame that left it or read beside it would not be a copy of it.
        var portrait = Gradient(1000, 1000);
        var face = TestFace.At(new Vector2(x, y), 80);

        // Act
        var (picture, toCrop) = PortraitFraming.Frame(portrait, face);

        // Assert: the face is still in the video, and the pixel beneath the eyes is that of the portrait.
        var middle = Middle(face, toCrop);
        Assert.InRange(middle.X, 0, Side);
        Assert.InRange(middle.Y, 0, Side);
        var (px, py) = ((int)Math.Clamp(middle.X, 1, Side - 2), (int)Math.Clamp(middle.Y, 1, Side - 2));
        var at = 3 * (py * Side + px);
        Assert.InRange(picture.Data[at] - Red(x), -2, 2);
        Assert.InRange(picture.Data[at + 1] - Red(y), -2, 2);
    }

    [Fact]
    public void Frame_CropOfTheVideo_ShowsWhatACropOfThePortraitShows()
    {
        // Arrange
        var portrait = Gradient(1400, 1000);
        var face = TestFace.At(new Vector2(620, 410), 130);

        // Act
        var (picture, toCrop) = PortraitFraming.Frame(portrait, face);

        // Assert
        var direct = FaceCrop.Extract(portrait, FaceCrop.FromLandmarks(face.Points));
        var through = FaceCrop.Extract(picture, toCrop);
        Assert.All(direct.Data.Zip(through.Data), p => Assert.InRange(p.First - p.Second, -3, 3));
    }

    private static (Vector2 Middle, float Distance) EyesInVideo(int width, int height, Vector2 eyes, float distance)
    {
        var face = TestFace.At(eyes, distance);
        var (picture, toCrop) = PortraitFraming.Frame(new RgbImage(width, height), face);
        Assert.Equal((Side, Side), (picture.Width, picture.Height));
        return (Middle(face, toCrop), distance * FaceCrop.FromLandmarks(face.Points).Scale / toCrop.Scale);
    }

    // Portrait to crop, then back to the video.
    private static Vector2 Middle(FaceLandmarks face, CropTransform toCrop)
    {
        var whole = FaceCrop.FromLandmarks(face.Points).Then(toCrop.Inverse());
        return whole.Apply((face.Points[FacePoints.LeftEyeOuter] + face.Points[FacePoints.RightEyeOuter]) / 2);
    }

    private static int Red(float at) => (int)(20 + at * 0.2f);

    private static RgbImage Gradient(int width, int height)
    {
        var image = new RgbImage(width, height);
        for (var y = 0; y < height; y++)
            for (var x = 0; x < width; x++)
                (image.Data[3 * (y * width + x)], image.Data[3 * (y * width + x) + 1]) = ((byte)Math.Min(255, Red(x)), (byte)Math.Min(255, Red(y)));
        return image;
    }
}
