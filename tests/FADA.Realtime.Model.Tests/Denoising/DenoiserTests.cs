using FADA.Realtime.Model.Denoising;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Denoising;

public class DenoiserTests : TorchTest
{
    private const int Frames = 4;
    private readonly DenoiserConfig _config = new() { Channels = [32, 32, 64], AudioFeatures = 16, TimeWidth = 32, AudioWidth = 32 };

    [Fact]
    public void Forward_OneSampleHidden_EqualsLeavingTheConditionOut()
    {
        using var denoiser = Randomised(new Denoiser(_config));
        using var net = Randomised(new ReferenceNet(_config));
        var condition = Condition(denoiser, net, batch: 1);
        var (noisy, time) = (randn([1L, Frames, 8, 16, 16]), tensor(new[] { 500 }));
        var hidden = full([1, 1, 1], -1e4f);

        var masked = denoiser.forward(noisy, time, condition with
        {
            ReferenceLatent = condition.ReferenceLatent! * 0,
            ReferenceBias = hidden,
            MotionBias = hidden,
            AudioKeep = zeros(1, 1, 1),
        });
        var absent = denoiser.forward(noisy, time, condition with { ReferenceLatent = null, Reference = null, MotionBias = hidden, Audio = null, LipCode = null });

        Assert.True(MaxDifference(masked, absent) < 1e-4);
    }

    [Theory]
    [InlineData("reference")]
    [InlineData("motion")]
    [InlineData("audio")]
    [InlineData("lip code")]
    public void Forward_ConditionChanged_ChangesThePrediction(string what)
    {
        using var denoiser = Randomised(new Denoiser(_config));
        using var net = Randomised(new ReferenceNet(_config));
        var condition = Condition(denoiser, net, batch: 1);
        var other = Condition(denoiser, net, batch: 1);
        var changed = what switch
        {
            "reference" => condition with { Reference = other.Reference },
            "motion" => condition with { Motion = other.Motion },
            "audio" => condition with { Audio = other.Audio },
            _ => condition with { LipCode = other.LipCode },
        };
        var (noisy, time) = (randn([1L, Frames, 8, 16, 16]), tensor(new[] { 500 }));

        Assert.True(MaxDifference(denoiser.forward(noisy, time, condition), denoiser.forward(noisy, time, changed)) > 1e-5);
    }

    [Fact]
    public void Forward_Batch_EqualsOneByOne()
    {
        using var denoiser = Randomised(new Denoiser(_config));
        using var net = Randomised(new ReferenceNet(_config));
        var condition = Condition(denoiser, net, batch: 2);
        var (noisy, time) = (randn([2L, Frames, 8, 16, 16]), tensor(new[] { 500, 20 }));

        var both = denoiser.forward(noisy, time, condition);
        var second = denoiser.forward(noisy.narrow(0, 1, 1), time.narrow(0, 1, 1), new DenoiserCondition
        {
            ReferenceLatent = condition.ReferenceLatent!.narrow(0, 1, 1),
            Reference = condition.Reference!.Select(t => t.narrow(0, 1, 1)).ToList(),
            Motion = condition.Motion!.Select(t => t.narrow(0, 1, 1)).ToList(),
            Audio = condition.Audio!.narrow(0, 1, 1),
            LipCode = condition.LipCode!.narrow(0, 1, 1),
        });

        Assert.True(MaxDifference(both.narrow(0, 1, 1), second) < 1e-4);
    }

    // Zero-initialised layers would hide what feeds them.
    private static T Randomised<T>(T module) where T : nn.Module
    {
        using var _ = no_grad();
        foreach (var p in module.parameters())
            p.copy_(randn_like(p) * 0.1);
        return module;
    }

    private DenoiserCondition Condition(Denoiser denoiser, ReferenceNet net, int batch)
    {
        var latent = randn(batch, 8, 16, 16);
        var motion = net.call(randn(batch * 2, 8, 16, 16));
        return new DenoiserCondition
        {
            ReferenceLatent = latent,
            Reference = denoiser.ReferenceKeys(net.call(latent)),
            Motion = motion.Select(t => t.view(batch, 2, t.shape[1], t.shape[2])).ToList(),
            Audio = randn(batch, Frames, 3, 16),
            LipCode = randn(batch, Frames, 4),
        };
    }
}
