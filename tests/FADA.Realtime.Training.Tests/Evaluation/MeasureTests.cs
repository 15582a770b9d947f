using FADA.Realtime.Training.Evaluation;

namespace FADA.Realtime.Training.Tests.Evaluation;

public class MeasureTests
{
    [Fact]
    public void Cpbd_BlurredPicture_ScoresLowerThanASharpOne()
    {
        var sharp = Stripes(blur: 0);
        var soft = Stripes(blur: 6);

        Assert.True(BlurDetection.Cpbd(sharp, 128, 128) > 0.9);
        Assert.True(BlurDetection.Cpbd(soft, 128, 128) < 0.3);
        Assert.Equal(0, BlurDetection.Cpbd(new float[128 * 128], 128, 128));
    }

    [Fact]
    public void Interval_ManyValues_HoldsTheMeanAndIsAlwaysTheSame()
    {
        var dice = new Random(5);
        var values = Enumerable.Range(0, 50).Select(_ => dice.NextDouble()).ToArray();

        var ends = Statistics.Interval(values);

        Assert.InRange(values.Average(), ends[0], ends[1]);
        // 1.96 standard errors of uniform numbers are 0.08.
        Assert.InRange(ends[1] - ends[0], 0.1, 0.24);
        Assert.Equal(ends, Statistics.Interval(values));
    }

    private static float[] Stripes(int blur)
    {
        var picture = new float[128 * 128];
        for (var i = 0; i < picture.Length; i++)
        {
            var x = i % 128;
            picture[i] = Enumerable.Range(-blur, 2 * blur + 1).Average(d => (x + d + 128) / 16 % 2 == 0 ? 40f : 200f);
        }
        return picture;
    }
}
