namespace FADA.Realtime.Bench.Latency;

/// <summary>
/// How many runs may miss a time-out before a bench gives up. Nearly all may: what was measured is worth more than
/// nothing, and the missed ones are told beside the figures, which lack them.
/// </summary>
internal static class Tolerance
{
    public static int Of(int runs) => Math.Max(2, runs - 1);
}
