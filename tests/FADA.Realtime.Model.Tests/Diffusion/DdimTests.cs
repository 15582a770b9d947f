using FADA.Realtime.Model.Diffusion;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Diffusion;

public class DdimTests : TorchTest
{
    private readonly NoiseSchedule _schedule = new();

    [Theory]
    [InlineData(999, 499)]
    [InlineData(499, 249)]
    [InlineData(700, -1)]
    public void Step_TrueVelocity_LandsOnTheSameDataAndNoise(int t, int s)
    {
        var (data, noise) = (randn([2L, 3, 8, 4, 4]), randn([2L, 3, 8, 4, 4]));
        Tensor At(int step) => data * _schedule.Alpha(step) + noise * _schedule.Sigma(step);
        var velocity = noise * _schedule.Alpha(t) - data * _schedule.Sigma(t);

        var landed = Ddim.Step(_schedule, At(t), velocity, t, s);

        Assert.True(MaxDifference(landed, At(s)) < 1e-5);
    }

    [Fact]
    public void Data_FromVelocity_InvertsVelocity()
    {
        var (data, noise) = (randn([4L, 1, 8, 4, 4]), randn([4L, 1, 8, 4, 4]));
        var (alpha, sigma) = _schedule.Of([300, 300, 300, 300]);

        var velocity = Ddim.Velocity(data, noise, alpha, sigma);
        var back = Ddim.Data(alpha * data + sigma * noise, velocity, _schedule.Alpha(300), _schedule.Sigma(300));

        Assert.True(MaxDifference(back, data) < 1e-5);
    }
}
