using FADA.Realtime.Faces.Images;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Tests.Animation;

public class I420Tests
{
    // The values of ITU-R BT.601 for 8-bit limited range.
    [Theory]
    [InlineData(0, 0, 0, 16, 128, 128)]
    [InlineData(255, 255, 255, 235, 128, 128)]
    [InlineData(255, 0, 0, 81, 90, 240)]
    [InlineData(0, 255, 0, 145, 54, 34)]
    [InlineData(0, 0, 255, 41, 240, 110)]
    public void FromRgb_KnownColour_GivesTheStandardsValues(int r, int g, int b, int y, int u, int v)
    {
        var planes = I420.FromRgb(Flat(4, 2, (byte)r, (byte)g, (byte)b));

        Assert.Equal(12, planes.Length);
        Assert.All(planes[..8], p => Assert.Equal(y, p));
        Assert.All(planes[8..10], p => Assert.Equal(u, p));
        Assert.All(planes[10..], p => Assert.Equal(v, p));
    }

    [Theory]
    [InlineData(206, 160, 138)]
    [InlineData(40, 44, 52)]
    [InlineData(200, 30, 60)]
    public void ToRgb_OfFromRgb_GivesTheColourBack(int r, int g, int b)
    {
        var back = I420.ToRgb(I420.FromRgb(Flat(6, 4, (byte)r, (byte)g, (byte)b)), 6, 4);

        for (var i = 0; i < back.Data.Length; i += 3)
        {
            Assert.InRange(back.Data[i] - r, -3, 3);
            Assert.InRange(back.Data[i + 1] - g, -3, 3);
            Assert.InRange(back.Data[i + 2] - b, -3, 3);
        }
    }

    [Fact]
    public void FromRgb_HalfRedHalfBlue_KeepsThemApart()
    {
        // Arrange: left half red, right half blue.
        var image = Flat(8, 4, 255, 0, 0);
        for (var y = 0; y < 4; y++)
            for (var x = 4; x < 8; x++)
                (image.Data[3 * (8 * y + x)], image.Data[3 * (8 * y + x) + 2]) = (0, 255);

        // Act
        var planes = I420.FromRgb(image);

        // Assert: each row of U and V has two samples of either.
        for (var row = 0; row < 2; row++)
        {
            Assert.Equal(new byte[] { 90, 90, 240, 240 }, planes[(32 + 4 * row)..(36 + 4 * row)]);
            Assert.Equal(new byte[] { 240, 240, 110, 110 }, planes[(40 + 4 * row)..(44 + 4 * row)]);
        }
    }

    [Fact]
    public void FromRgb_OddSize_IsRefusedWithTheSize()
    {
        var e = Assert.Throws<ArgumentException>(() => I420.FromRgb(new RgbImage(5, 4)));

        Assert.Contains("5 x 4", e.Message, StringComparison.Ordinal);
    }

    private static RgbImage Flat(int width, int height, byte r, byte g, byte b)
    {
        var image = new RgbImage(width, height);
        for (var i = 0; i < image.Data.Length; i += 3)
            (image.Data[i], image.Data[i + 1], image.Data[i + 2]) = (r, g, b);
        return image;
    }
}
