namespace FADA.Realtime.Bench.Latency;

/// <summary>Flashes and the clicks that belong to them.</summary>
internal static class AvPairs
{
    private const double Reach = 450;

    /// <summary>Click minus flash in milliseconds, of every flash with a click near it: positive where the sound is late.</summary>
    public static IEnumerable<double> Offsets(IEnumerable<double> flashes, IReadOnlyList<double> clicks)
    {
        foreach (var flash in flashes)
        {
            if (clicks.Count == 0)
                yield break;
            var offset = clicks.MinBy(click => Math.Abs(click - flash)) - flash;
            if (Math.Abs(offset) < Reach)
                yield return offset;
        }
    }
}
