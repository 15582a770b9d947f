using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Streaming.Animation;

namespace FADA.Realtime.Streaming.Tests.Animation;

public class SamplingStyleTests
{
    private static readonly SamplingStyle Style = new(3, new GuidanceScales(1.5f, 2));

    [Fact]
    public void With_NothingGiven_KeepsWhatIsInForce() => Assert.Equal(Style, Style.With(new AnimatorOptions()));

    [Fact]
    public void With_OneValue_ChangesThatOne()
    {
        Assert.Equal(new SamplingStyle(1, Style.Scales), Style.With(new AnimatorOptions { Steps = 1 }));
        Assert.Equal(new SamplingStyle(3, new GuidanceScales(0, 2)), Style.With(new AnimatorOptions { ReferenceScale = 0 }));
        Assert.Equal(new SamplingStyle(3, new GuidanceScales(1.5f, 10)), Style.With(new AnimatorOptions { AudioScale = 10 }));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(-1)]
    [InlineData(AnimatorOptions.MaxSteps + 1)]
    public void With_StepsOutOfRange_IsRefusedWithTheValue(int steps)
    {
        var e = Assert.Throws<ArgumentOutOfRangeException>(() => Style.With(new AnimatorOptions { Steps = steps }));

        Assert.Contains($"not {steps}", e.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(-0.1f)]
    [InlineData(10.1f)]
    [InlineData(float.NaN)]
    [InlineData(float.PositiveInfinity)]
    public void With_ScaleOutOfRange_IsRefused(float scale)
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => Style.With(new AnimatorOptions { AudioScale = scale }));
        Assert.Throws<ArgumentOutOfRangeException>(() => Style.With(new AnimatorOptions { ReferenceScale = scale }));
    }

    [Fact]
    public void Evaluations_NoGuidance_IsOnePerStep()
    {
        Assert.Equal(4, new SamplingStyle(4, GuidanceScales.One).Evaluations);
        Assert.Equal(12, new SamplingStyle(4, new GuidanceScales(1.5f, 2)).Evaluations);
    }
}
