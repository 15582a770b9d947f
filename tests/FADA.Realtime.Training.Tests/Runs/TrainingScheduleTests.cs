using FADA.Realtime.Training.Runs;

namespace FADA.Realtime.Training.Tests.Runs;

public class TrainingScheduleTests
{
    private readonly TrainingSchedule _schedule = new() { Steps = 1000, LearningRate = 1, WarmUp = 100, FinalShare = 0.1 };

    [Fact]
    public void RateAt_WarmUp_RisesLinearly() => Assert.Equal(0.5, _schedule.RateAt(49), 6);

    [Fact]
    public void RateAt_Middle_IsHalfwayBetweenPeakAndEnd() => Assert.Equal(0.55, _schedule.RateAt(550), 6);

    [Theory]
    [InlineData(1000)]
    [InlineData(5000)]
    public void RateAt_EndAndBeyond_IsTheFinalShare(int step) => Assert.Equal(0.1, _schedule.RateAt(step), 6);
}
