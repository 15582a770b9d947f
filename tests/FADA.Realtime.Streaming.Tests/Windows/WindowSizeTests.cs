using FADA.Realtime.Streaming.Tests.Fakes;
using FADA.Realtime.Streaming.Windows;

namespace FADA.Realtime.Streaming.Tests.Windows;

public class WindowSizeTests
{
    [Fact]
    public async Task Turn_Windows_AreTwoFourThenEightAndNeverMoreThanIsLeft()
    {
        await using var harness = new SessionHarness();

        await harness.SayAsync(SpeechPattern.Frames(25));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 29);

        // 25 of speech and 4 in which the mouth closes.
        Assert.Equal([2, 4, 8, 8, 7], harness.Animator.Calls.Select(call => call.Frames.Length));
    }

    [Fact]
    public async Task Window_LookAhead_IsTheSpeechThatFollowsAndSilenceAtTheEnd()
    {
        await using var harness = new SessionHarness();

        await harness.SayAsync(SpeechPattern.Frames(7));
        harness.Session.EndTurn();
        await harness.TickUntilAsync(() => harness.Session.Stats.SpokenFrames == 11);

        var calls = harness.Animator.Calls.ToList();
        Assert.Equal([1, 2], calls[0].Frames);
        Assert.Equal([3, 4], calls[0].LookAhead);
        Assert.Equal([3, 4, 5, 6], calls[1].Frames);
        Assert.Equal([7, 0], calls[1].LookAhead);
        Assert.Equal([7, 0, 0, 0, 0], calls[2].Frames);
        Assert.Equal([0, 0], calls[2].LookAhead);
    }

    [Theory]
    [InlineData(2, 30, false, 2, 2)]
    [InlineData(4, 30, false, 2, 4)]
    [InlineData(8, 30, false, 2, 8)]
    [InlineData(2, 1, false, 2, 0)]
    [InlineData(8, 5, false, 2, 4)]
    [InlineData(8, 3, false, 2, 2)]
    [InlineData(8, 3, false, 4, 0)]
    [InlineData(8, 7, false, 8, 0)]
    [InlineData(2, 2, false, 8, 2)]
    [InlineData(8, 3, true, 8, 3)]
    [InlineData(8, 0, true, 2, 0)]
    public void Choose_SpeechAtHand_GivesTheWindow(int size, int available, bool ended, int least, int expected) =>
        Assert.Equal(expected, WindowSchedule.Choose(size, available, ended, least));

    [Theory]
    [InlineData(2, 0.5, 8)]
    [InlineData(2, 0.2, 4)]
    [InlineData(2, 0.05, 2)]
    [InlineData(0, 0.05, 2)]
    public void Fit_LittleTimeLeft_TakesASmallerWindow(int step, double slack, int expected)
    {
        var cost = new WindowCost();
        cost.Observe(2, TimeSpan.FromMilliseconds(60)); // so 120 ms for 4, 240 ms for 8

        Assert.Equal(expected, WindowSchedule.Fit(step, cost, slack));
    }
}
