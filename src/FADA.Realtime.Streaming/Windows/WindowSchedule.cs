namespace FADA.Realtime.Streaming.Windows;

/// <summary>How many new frames a window has: 2, then 4, then 8, so that lips come early and throughput later.</summary>
internal static class WindowSchedule
{
    public const int Max = 8;

    private const double Safety = 1.15; // on measured cost

    /// <param name="step">Index of the window in its turn.</param>
    public static int Size(int step) => step switch { 0 => 2, 1 => 4, _ => Max };

    /// <summary>The size the schedule gives, or the largest one below it that is ready before playout runs dry.</summary>
    /// <param name="slack">Seconds until it does.</param>
    public static int Fit(int step, WindowCost cost, double slack)
    {
        var size = Size(step);
        var least = Math.Min(size, cost.Least());
        while (size > least && Expect(cost, size) > slack)
            size /= 2;
        return size;
    }

    /// <summary>Seconds to count with for a window.</summary>
    public static double Expect(WindowCost cost, int frames) => cost.Estimate(frames) * Safety;

    /// <summary>The size of the next window; 0 to wait for more speech.</summary>
    /// <param name="size">The most it should have.</param>
    /// <param name="available">Frames that could be rendered: speech less look-ahead, or all that is left of an ended turn.</param>
    /// <param name="ended">Whether no more speech comes.</param>
    /// <param name="least">The smallest window with which this machine keeps up, 2, 4 or 8.</param>
    public static int Choose(int size, int available, bool ended, int least)
    {
        if (available >= size)
            return size;
        if (ended)
            return Math.Max(0, available);
        least = Math.Min(least, size);
        // Speech arrives no faster than it is spoken: a smaller window now is better than a starved one later.
        return available < least ? 0 : available >= 4 ? 4 : 2;
    }
}
