namespace FADA.Realtime.Training.Windows;

/// <summary>What each sample of a batch is shown: 1 or 0.</summary>
/// <param name="Audio">0 also wherever the reference is hidden: the run that sees neither.</param>
internal sealed record ConditionDrop(float[] Reference, float[] Audio, float[] Motion)
{
    public static ConditionDrop None(int count) => new(Ones(count), Ones(count), Ones(count));

    public static ConditionDrop Draw(Random dice, int count, double reference, double audio, double motion)
    {
        float Keep(double share) => dice.NextDouble() < share ? 0 : 1;
        var draws = Enumerable.Range(0, count).Select(_ => (Reference: Keep(reference), Audio: Keep(audio), Motion: Keep(motion))).ToList();
        return new ConditionDrop(draws.Select(d => d.Reference).ToArray(), draws.Select(d => d.Audio * d.Reference).ToArray(), draws.Select(d => d.Motion).ToArray());
    }

    private static float[] Ones(int count) => Enumerable.Repeat(1f, count).ToArray();
}
