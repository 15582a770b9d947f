using FADA.Realtime.Model.Diffusion;

namespace FADA.Realtime.Model.Tests.Diffusion;

public class GuidanceScalesTests
{
    [Theory]
    [InlineData(1, 1)]
    [InlineData(3, 5)]
    [InlineData(0, 0)]
    public void Weights_AnyScales_SumToOne(float reference, float audio)
    {
        var (a, b, c) = new GuidanceScales(reference, audio).Weights;

        Assert.Equal(1, a + b + c, 5);
    }

    [Theory]
    [InlineData(1, 1, 1)]
    [InlineData(1, 2, 2)]
    [InlineData(2, 3, 3)]
    [InlineData(2, 2, 2)]
    public void Runs_Scales_CountWhatHasAWeight(float reference, float audio, int runs) =>
        Assert.Equal(runs, new GuidanceScales(reference, audio).Runs);
}
