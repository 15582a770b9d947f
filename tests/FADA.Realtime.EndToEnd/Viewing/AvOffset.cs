namespace FADA.Realtime.EndToEnd.Viewing;

/// <summary>How far the sound is from the picture at the receiver, from flashes and the clicks that belong to them.</summary>
/// <param name="Pairs">Flashes with a click less than 450 ms away.</param>
/// <param name="Median">Click minus flash, milliseconds: positive where the sound is late.</param>
/// <param name="All">The offset of every pair, smallest first.</param>
internal sealed record AvOffset(int Pairs, double Median, IReadOnlyList<double> All)
{
    private const double Reach = 450;

    public static AvOffset Of(IReadOnlyList<double> flashes, IReadOnlyList<double> clicks)
    {
        var offsets = new List<double>();
        foreach (var flash in flashes)
        {
            if (clicks.Count == 0)
                break;
            var nearest = clicks.MinBy(click => Math.Abs(click - flash)) - flash;
            if (Math.Abs(nearest) < Reach)
                offsets.Add(nearest);
        }

        if (offsets.Count == 0)
            return new AvOffset(0, double.NaN, []);
        offsets.Sort();
        return new AvOffset(offsets.Count, offsets[offsets.Count / 2], offsets);
    }

    public override string ToString() =>
        FormattableString.Invariant($"{Pairs} pairs, median {Median:0} ms, all {string.Join(' ', All.Select(o => FormattableString.Invariant($"{o:0}")))}");

    /// <summary>The moments at which a box turned bright.</summary>
    public static IReadOnlyList<double> Flashes(IReadOnlyList<ProbedFrame> frames, string box)
    {
        var flashes = new List<double>();
        for (var i = 1; i < frames.Count; i++)
            if (frames[i].Luma[box] > 128 && frames[i - 1].Luma[box] <= 128)
                flashes.Add(frames[i].Shown);
        return flashes;
    }
}
