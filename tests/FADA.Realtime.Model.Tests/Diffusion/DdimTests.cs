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

    [Theory]
    [InlineData(999, 833, 666, 499)]
    [InlineData(499, 333, 166, -1)]
    public void VelocityTo_OneStepWithIt_LandsWhereSeveralDid(params int[] times)
    {
        var start = randn([2L, 3, 8, 4, 4]);
        var x = start;
        for (var i = 0; i + 1 < times.Length; i++)
            x = Ddim.Step(x, randn_like(x), Of(times[i]), Of(times[i + 1]));

        var velocity = Ddim.VelocityTo(start, x, Of(times[0]), Of(times[^1]));
        var landed = Ddim.Step(start, velocity, Of(times[0]), Of(times[^1]));

        Assert.True(MaxDifference(landed, x) < 1e-4);
    }

    [Fact]
    public void Step_OfABatch_EqualsStepsOneByOne()
    {
        var (x, velocity) = (randn([2L, 3, 8, 4, 4]), randn([2L, 3, 8, 4, 4]));

        var both = Ddim.Step(x, velocity, _schedule.Of([999, 400]), _schedule.Of([500, -1]));

        Assert.True(MaxDifference(both[0], Ddim.Step(_schedule, x[0], velocity[0], 999, 500)) < 1e-5);
        Assert.True(MaxDifference(both[1], Ddim.Step(_schedule, x[1], velocity[1], 400, -1)) < 1e-5);
    }

    private (Tensor, Tensor) Of(int time) => _schedule.Of([time, time]);
}
