using FADA.Realtime.Streaming.Windows;

namespace FADA.Realtime.Streaming.Tests.Windows;

public class StartRuleTests
{
    private static readonly TimeSpan Margin = TimeSpan.FromMilliseconds(40);
    private static readonly TimeSpan Most = TimeSpan.FromMilliseconds(400);

    private static WindowCost Cost(double msPerFrame)
    {
        var cost = new WindowCost();
        foreach (var frames in (int[])[2, 4, 8])
            cost.Observe(frames, TimeSpan.FromMilliseconds(msPerFrame * frames));
        return cost;
    }

    private static double DelayMs(double msPerFrame, int known, bool ended = false) =>
        StartRule.Delay(Cost(msPerFrame), step: 1, ready: 2, known, ended, Margin, Most).TotalMilliseconds;

    [Fact]
    public void FastMachine_SpeechAtHand_StartsAtOnce() => Assert.Equal(0, DelayMs(10, known: 100));

    [Fact]
    public void SlowerMachine_SmallWindowsKeepUp_StartsAtOnce()
    {
        // 4 frames would take 138 ms while 2 play for 80 ms, but 2 and 2 are in time.
        Assert.Equal(0, DelayMs(30, known: 100));
    }

    [Fact]
    public void CostlySmallWindows_WaitsUntilTheSecondWindowIsInTime()
    {
        var cost = new WindowCost();
        cost.Observe(2, TimeSpan.FromMilliseconds(100));
        cost.Observe(4, TimeSpan.FromMilliseconds(120));
        cost.Observe(8, TimeSpan.FromMilliseconds(160));

        // 4 frames take 120 x 1.15 = 138 ms, 2 frames play 80 ms.
        var delay = StartRule.Delay(cost, step: 1, ready: 2, known: 100, ended: false, Margin, Most);
        Assert.Equal(58, delay.TotalMilliseconds, 1.0);
    }

    [Fact]
    public void TooSlowMachine_StartsAfterTheMostItMayWait() => Assert.Equal(400, DelayMs(60, known: 100));

    [Fact]
    public void NothingLeftToRender_StartsAtOnce() => Assert.Equal(0, DelayMs(60, known: 0, ended: true));

    [Fact]
    public void Microphone_WaitsForTheSpeechOfTheNextWindow()
    {
        // Two frames beyond the look-ahead take 80 ms to arrive, as long as the first two play: only the margin and
        // 2 frames of work stay.
        Assert.Equal(40 + (2 * 10 * 1.15), DelayMs(10, known: 2), 1.0);
    }

    [Fact]
    public void Least_TwoFramesTakeTooLong_AsksForLargerWindows()
    {
        var cost = new WindowCost();
        cost.Observe(2, TimeSpan.FromMilliseconds(90));
        cost.Observe(4, TimeSpan.FromMilliseconds(120));

        Assert.Equal(4, cost.Least());
    }
}
