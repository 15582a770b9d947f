using FADA.Realtime.Bench.Density;

namespace FADA.Realtime.Bench.Tests.Density;

public sealed class DeadlineRuleTests
{
    [Theory]
    [InlineData(0, 25, null)]
    [InlineData(40, 24.5, null)]
    [InlineData(80, 25, "a turn stood still for 80 ms")]
    [InlineData(0, 24, "a viewer saw 24.0 pictures a second")]
    public void Missed_OfTheWorstSession_SaysWhat(double stall, double frames, string? expected) =>
        Assert.Equal(expected, DeadlineRule.Missed([TimeSpan.Zero, TimeSpan.FromMilliseconds(stall)], [25, frames]));

    [Fact]
    public void Missed_OfNobody_IsNothing() => Assert.Null(DeadlineRule.Missed([], []));
}
