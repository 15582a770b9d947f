using System.Numerics;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Training.Portraits;

namespace FADA.Realtime.Training.Tests.Portraits;

public class FaceBlendTests
{
    private static readonly Vector3 Pale = new(0.85f, 0.68f, 0.60f), Tanned = new(0.62f, 0.46f, 0.38f), Yellow = new(0.80f, 0.62f, 0.25f);

    private const float Shade = 0.66f;
    private static readonly Lazy<RgbImage> Clean = new(() => FaceBlend.Blend(Speakers(-1), seed: 1));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Blend_MarkOnOneOfThree_ShowsAtMostAsHalf(int marked)
    {
        // Arrange: one speaker has a dark mark between mouth and chin, clear of where skin is measured.
        const float Single = (1 - Shade) * 160;

        // Act
        var blended = FaceBlend.Blend(Speakers(marked), seed: 1);

        // Assert: it is there, fainter than half.
        var contrast = 0f;
        for (var y = 320; y < 430; y++)
            for (var x = 220; x < 292; x++)
                contrast = MathF.Max(contrast, Green(Clean.Value, x, y) - Green(blended, x, y));
        Assert.InRange(contrast, 0.1f * Single, 0.5f * Single);
    }

    [Fact]
    public void Blend_SpeakersOfDifferentLight_HasOneSkinAndNoBlueScreen()
    {
        var portrait = Clean.Value;

        Assert.Equal((512, 512), (portrait.Width, portrait.Height));
        // Cheeks, forehead and neck, the last from one speaker alone.
        foreach (var (x, y) in new[] { (215, 300), (297, 300), (256, 210), (256, 440) })
        {
            var at = 3 * (y * 512 + x);
            Assert.InRange(portrait.Data[at], 196, 216);
            Assert.InRange(portrait.Data[at + 1], 150, 170);
            Assert.InRange(portrait.Data[at + 2], 118, 148);
        }
        for (var i = 0; i < portrait.Data.Length; i += 3)
            Assert.True(portrait.Data[i + 2] - portrait.Data[i] < 40, $"blue at {i / 3 % 512}, {i / 3 / 512}");
    }

    [Fact]
    public void Blend_SameFramesAndSeed_GivesTheSameBytes()
    {
        Assert.Equal(Clean.Value.Data, FaceBlend.Blend(Speakers(-1), seed: 1).Data);
        Assert.NotEqual(Clean.Value.Data, FaceBlend.Blend(Speakers(-1), seed: 2).Data);
    }

    private static SpeakerFrame[] Speakers(int marked) =>
        [.. new[] { Pale, Tanned, Yellow }.Select((skin, i) => DrawnFace.Frame($"s{i}", skin, i, picture =>
        {
            if (i == marked)
                Mark(picture);
        }))];

    // A disc of 5 pixels of radius, a third darker, 0.95 eye distances below the eyes.
    private static void Mark(FloatImage picture)
    {
        var centre = DrawnFace.Eyes + new Vector2(0, 0.95f * DrawnFace.EyeDistance);
        for (var y = 0; y < picture.Height; y++)
            for (var x = 0; x < picture.Width; x++)
                if (Vector2.Distance(centre, new Vector2(x + 0.5f, y + 0.5f)) < 5)
                    picture[x, y] *= Shade;
    }

    private static float Green(RgbImage image, int x, int y)
    {
        // The mean of nine: the grain is the same in both, rounding is not.
        var sum = 0f;
        for (var j = -1; j <= 1; j++)
            for (var i = -1; i <= 1; i++)
                sum += image.Data[3 * ((y + j) * 512 + x + i) + 1];
        return sum / 9;
    }
}
