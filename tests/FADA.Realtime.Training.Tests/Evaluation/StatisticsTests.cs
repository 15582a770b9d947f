using FADA.Realtime.Training.Evaluation;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Tests.Evaluation;

public class StatisticsTests : TorchTest
{
    [Fact]
    public void Correlation_LinearRelation_IsOneOrMinusOne()
    {
        float[] a = [1, 2, 3, 4];

        Assert.Equal(1, Statistics.Correlation(a, [10, 20, 30, 40]), 5);
        Assert.Equal(-1, Statistics.Correlation(a, [4, 3, 2, 1]), 5);
    }

    [Fact]
    public void Correlation_StillMouth_IsZero() => Assert.Equal(0, Statistics.Correlation([1, 2, 3], [5, 5, 5]));

    [Fact]
    public void Deviation_KnownValues_IsThePopulationDeviation() => Assert.Equal(2, Statistics.Deviation([2, 4, 4, 4, 5, 5, 7, 9]), 5);

    [Fact]
    public void Psnr_KnownError_IsTheFormula()
    {
        var a = zeros(2, 3, 16, 16);

        // An error of 0.2 on a range of 2: 20 log10(2 / 0.2).
        Assert.Equal(20, ImageMetrics.Psnr(a, a + 0.2), 3);
        Assert.Equal(100, ImageMetrics.Psnr(a, a), 3);
    }

    [Fact]
    public void Ssim_SamePictureAndNoise_FallsFromOne()
    {
        var a = rand(1, 3, 32, 32) * 2 - 1;

        Assert.Equal(1, ImageMetrics.Ssim(a, a), 4);
        Assert.InRange(ImageMetrics.Ssim(a, rand(1, 3, 32, 32) * 2 - 1), -0.3, 0.3);
    }
}
