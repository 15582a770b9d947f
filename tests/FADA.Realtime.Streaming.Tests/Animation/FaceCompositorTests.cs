using System.Numerics;
using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Tests.Animation;

public class FaceCompositorTests
{
    private const int Width = 400, Height = 360, Area = 170 * 150;

    // The crop is a turned square of 200 pixels around (190, 170).
    private static readonly CropTransform ToCrop = CropTransform.Square(new Vector2(190, 170), 200, 0.2f, FaceCrop.Size);
    private static readonly CropBox Box = new(50, 80, 170, 150);
    private readonly RgbImage _portrait = Noise();

    [Fact]
    public void Compose_NoDifference_LeavesThePortraitAsItIs()
    {
        var frame = Compose(new float[3 * Area]);

        Assert.Equal(I420.FromRgb(_portrait), frame.Data);
    }

    [Fact]
    public void Compose_DifferenceOfLessThanHalfAStep_LeavesThePortraitAsItIs()
    {
        var frame = Compose(Flat(0.4f, -0.4f, 0.4f));

        Assert.Equal(I420.FromRgb(_portrait), frame.Data);
    }

    [Fact]
    public void Compose_EvenDifference_ChangesTheBoxAndNothingElse()
    {
        // Act
        var change = Change(Compose(Flat(20, 0, 0)));

        // Assert
        for (var y = 0; y < Height; y++)
            for (var x = 0; x < Width; x++)
            {
                var p = ToCrop.Apply(new Vector2(x + 0.5f, y + 0.5f)) - new Vector2(Box.X, Box.Y);
                var inside = MathF.Min(MathF.Min(p.X, p.Y), MathF.Min(Box.Width - p.X, Box.Height - p.Y));
                var c = change[y * Width + x];
                if (inside < 0)
                    Assert.Equal(0, c);
                else if (inside > 1)
                    Assert.InRange(c, 19, 21);
            }
    }

    [Fact]
    public void Box_OfTheFaceWindow_HoldsAllThatMovesWithABorderThatDoesNot()
    {
        using var scope = TorchSharp.torch.NewDisposeScope();
        var window = FaceWindow.Create(FaceCrop.Size)[0, 0];
        var box = FaceWindow.Box(FaceCrop.Size);

        var within = box.Of(window);

        Assert.Equal(window.sum().item<float>(), within.sum().item<float>(), 0.01f);
        Assert.All(new[] { within[0], within[-1], within.select(1, 0), within.select(1, -1) }, edge => Assert.Equal(0, edge.max().item<float>()));
        Assert.True(box.Area < FaceCrop.Size * FaceCrop.Size * 0.35);
    }

    [Fact]
    public void Compose_BrightSpot_AppearsWhereTheCropHasIt()
    {
        // Arrange: a spot of 8 x 8 crop pixels around (100, 150).
        var difference = new float[3 * Area];
        for (var y = 146; y < 154; y++)
            for (var x = 96; x < 104; x++)
                difference[(y - Box.Y) * Box.Width + x - Box.X] = 60;

        // Act
        var change = Change(Compose(difference));

        // Assert: its centre of mass is where the transform says, and it is nowhere else.
        var expected = ToCrop.Inverse().Apply(new Vector2(100, 150));
        var (sum, total) = (Vector2.Zero, 0f);
        for (var i = 0; i < Width * Height; i++)
            (sum, total) = (sum + change[i] * new Vector2(i % Width + 0.5f, i / Width + 0.5f), total + change[i]);
        Assert.True(Vector2.Distance(expected, sum / total) < 0.3f, $"{sum / total} instead of {expected}");
        for (var i = 0; i < Width * Height; i++)
            Assert.True(change[i] == 0 || Vector2.Distance(expected, new Vector2(i % Width, i / Width)) < 8);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    public void Compose_ColourSpot_ChangesOnlyItsPlaneAtTheSamePlace(int plane)
    {
        // Arrange
        var difference = new float[3 * Area];
        for (var y = 142; y < 158; y++)
            for (var x = 92; x < 108; x++)
                difference[plane * Area + (y - Box.Y) * Box.Width + x - Box.X] = 40;

        // Act
        var change = Change(Compose(difference));

        // Assert
        var start = plane == 1 ? Width * Height : Width * Height * 5 / 4;
        var chroma = change.AsSpan(start, Width * Height / 4);
        var (sum, total) = (Vector2.Zero, 0f);
        for (var i = 0; i < chroma.Length; i++)
            (sum, total) = (sum + chroma[i] * 2 * new Vector2(i % (Width / 2) + 0.5f, i / (Width / 2) + 0.5f), total + chroma[i]);
        Assert.True(Vector2.Distance(ToCrop.Inverse().Apply(new Vector2(100, 150)), sum / total) < 0.6f);
        Assert.All(Enumerable.Range(0, change.Length).Where(i => i < start || i >= start + Width * Height / 4), i => Assert.Equal(0, change[i]));
    }

    [Theory]
    [InlineData(400)]
    [InlineData(-400)]
    public void Compose_DifferenceBeyondTheRange_IsCutInsteadOfWrapped(float difference)
    {
        var frame = Compose(Flat(difference, difference, difference));

        var centre = 170 * Width + 190;
        Assert.Equal(difference > 0 ? 255 : 0, frame.Data[centre]);
    }

    [Fact]
    public void Compose_AfterAnotherFrame_RemembersNothingOfIt()
    {
        var compositor = new FaceCompositor(_portrait, ToCrop, Box);
        var frame = new VideoFrame(Width, Height);
        compositor.Compose(Flat(50, 10, -10), frame);

        compositor.Compose(new float[3 * Area], frame);

        Assert.Equal(I420.FromRgb(_portrait), frame.Data);
    }

    private VideoFrame Compose(float[] difference)
    {
        var frame = new VideoFrame(Width, Height);
        new FaceCompositor(_portrait, ToCrop, Box).Compose(difference, frame);
        return frame;
    }

    private int[] Change(VideoFrame frame) => [.. frame.Data.Zip(I420.FromRgb(_portrait), (a, b) => a - b)];

    private static float[] Flat(float y, float u, float v) =>
        [.. Enumerable.Repeat(y, Area), .. Enumerable.Repeat(u, Area), .. Enumerable.Repeat(v, Area)];

    // Between 60 and 180, so that differences are not cut.
    private static RgbImage Noise()
    {
        var image = new RgbImage(Width, Height);
        var random = new Random(3);
        for (var i = 0; i < image.Data.Length; i++)
            image.Data[i] = (byte)random.Next(60, 180);
        return image;
    }
}
