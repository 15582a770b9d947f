namespace FADA.Realtime.Bench.Latency;

/// <summary>How many runs may miss a time-out before a bench gives up: they are told beside the figures, which lack them.</summary>
internal static class Tolerance
{
    public static int Of(int runs) => 2 + (runs / 5);
}
