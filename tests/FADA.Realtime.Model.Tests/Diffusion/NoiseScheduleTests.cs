using FADA.Realtime.Model.Diffusion;

namespace FADA.Realtime.Model.Tests.Diffusion;

public class NoiseScheduleTests
{
    private readonly NoiseSchedule _schedule = new();

    [Fact]
    public void Alpha_LastStep_IsExactlyZero() => Assert.Equal(0, _schedule.Alpha(NoiseSchedule.Steps - 1));

    [Fact]
    public void Alpha_FirstStep_IsTheUnscaledOne() => Assert.Equal(Math.Sqrt(1 - 0.00085), _schedule.Alpha(0), 6);

    [Fact]
    public void AlphaAndSigma_EveryStep_HaveUnitVarianceAndFall()
    {
        for (var t = 0; t < NoiseSchedule.Steps; t++)
        {
            Assert.Equal(1, Math.Pow(_schedule.Alpha(t), 2) + Math.Pow(_schedule.Sigma(t), 2), 5);
            Assert.True(_schedule.Alpha(t) < _schedule.Alpha(t - 1), $"step {t}");
        }
    }

    [Theory]
    [InlineData(1, new[] { 999 })]
    [InlineData(2, new[] { 999, 499 })]
    [InlineData(4, new[] { 999, 749, 499, 249 })]
    public void Trailing_FewSteps_BeginAtPureNoise(int steps, int[] expected) => Assert.Equal(expected, NoiseSchedule.Trailing(steps));

    [Theory]
    [InlineData(0)]
    [InlineData(1001)]
    public void Trailing_ImpossibleCount_IsRefused(int steps) =>
        Assert.Throws<ArgumentOutOfRangeException>(() => NoiseSchedule.Trailing(steps));

    [Fact]
    public void ScaledLinear_HasTheSameEndsAndAnotherPath()
    {
        var scaled = new NoiseSchedule(betas: BetaSchedule.ScaledLinear);

        Assert.Equal(_schedule.Alpha(0), scaled.Alpha(0), 6);
        Assert.Equal(0, scaled.Alpha(NoiseSchedule.Steps - 1));
        // Less noise early: the betas start lower and rise later.
        Assert.True(scaled.Alpha(500) > _schedule.Alpha(500) + 0.05f);
    }

    [Theory]
    [InlineData(6, 166, 0)]
    [InlineData(6, 999, 833)]
    [InlineData(40, 24, -1)]
    public void Previous_IsCountedInWholeNumbers(int steps, int t, int expected) => Assert.Equal(expected, NoiseSchedule.Previous(t, steps));
}
