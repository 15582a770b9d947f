using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.FullSize.Hallo;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

public class HalloSamplerTests : TorchTest
{
    [Theory]
    [InlineData(1f)]
    [InlineData(3.5f)]
    public void Sample_EqualScales_AreJointGuidance(float scale)
    {
        using var _ = no_grad();
        var sampler = new HalloSampler(SmallHallo.Reference(), SmallHallo.Denoiser());
        var (condition, noise) = (SmallHallo.Condition(), SmallHallo.Noise());
        Tensor Run(bool joint) => sampler.Sample(condition, noise, new HalloSampling { Steps = 2, Scales = new GuidanceScales(scale, scale), JointGuidance = joint });

        Assert.True(MaxDifference(Run(true), Run(false)) < 1e-4);
    }

    [Fact]
    public void Sample_NestedScales_HearTheSoundWithTheirOwnStrength()
    {
        using var _ = no_grad();
        var sampler = new HalloSampler(SmallHallo.Reference(), SmallHallo.Denoiser());
        var (condition, noise) = (SmallHallo.Condition(), SmallHallo.Noise());
        var deaf = new HalloSampling { Steps = 1, Scales = new GuidanceScales(2, 0), JointGuidance = false };
        var before = sampler.Sample(condition, noise, deaf);

        var louder = condition with { Audio = condition.Audio * 5 };

        Assert.True(sampler.Sample(louder, noise, deaf).IsSameAs(before));
        Assert.False(sampler.Sample(louder, noise, deaf with { Scales = new GuidanceScales(2, 1) }).IsSameAs(before));
    }

    [Fact]
    public void Sample_ReportsEveryStepAndEndsWithTheLast()
    {
        using var _ = no_grad();
        var sampler = new HalloSampler(SmallHallo.Reference(), SmallHallo.Denoiser());
        var steps = new List<Tensor>();

        var result = sampler.Sample(SmallHallo.Condition(), SmallHallo.Noise(), new HalloSampling { Steps = 3 }, x => steps.Add(x.clone().DetachFromDisposeScope()));

        Assert.Equal(3, steps.Count);
        Assert.True(steps[^1].IsSameAs(result));
    }
}
