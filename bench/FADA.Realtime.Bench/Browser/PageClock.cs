using System.Diagnostics;

namespace FADA.Realtime.Bench.Browser;

/// <summary>
/// This process's clock in the page's time: the page is asked for its time again and again, and the fastest answer
/// tells the difference best.
/// </summary>
internal sealed class PageClock(BrowserPage page)
{
    private const int Asked = 12;
    private double _offset;

    /// <summary>The most by which a converted time can be wrong, milliseconds: half of the fastest answer's time, the worst of all.</summary>
    public double Uncertainty { get; private set; }

    /// <summary>Compares the clocks; to be repeated, since they drift.</summary>
    public async Task SyncAsync(CancellationToken cancellation)
    {
        var fastest = double.PositiveInfinity;
        for (var i = 0; i < Asked; i++)
        {
            var before = Milliseconds();
            var there = await page.ReadAsync<double>("performance.now()", cancellation);
            var after = Milliseconds();
            if (after - before >= fastest)
                continue;
            fastest = after - before;
            _offset = there - ((before + after) / 2);
        }

        Uncertainty = Math.Max(Uncertainty, fastest / 2);
    }

    /// <summary>Now, in the page's milliseconds.</summary>
    public double Now => Milliseconds() + _offset;

    private static double Milliseconds() => Stopwatch.GetTimestamp() * 1000.0 / Stopwatch.Frequency;
}
