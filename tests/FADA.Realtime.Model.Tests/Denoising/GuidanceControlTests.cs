using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Denoising;

public class GuidanceControlTests : TorchTest
{
    private const int Frames = 3;
    private readonly Tensor _noisy = randn([2L, Frames, 8, 16, 16]);
    private readonly Tensor _time = tensor(new[] { 700, 300 });

    [Theory]
    [InlineData(GuidanceControl.Tokens)]
    [InlineData(GuidanceControl.Embedding)]
    public void Forward_UntrainedControl_IsTheUnguidedRun(GuidanceControl control)
    {
        using var denoiser = new Denoiser(Config(control));
        using (no_grad())
            denoiser.named_parameters().Single(p => p.name == "conv_out.weight").parameter.normal_();
        var condition = Condition(denoiser);

        var plain = denoiser.forward(_noisy, _time, condition);
        var told = denoiser.forward(_noisy, _time, condition with { Guidance = tensor(new float[] { 1, 1, 3, 5 }, [2, 2]) });

        Assert.True(plain.abs().max().item<float>() > 0.01);
        Assert.Equal(0, MaxDifference(plain, told));
    }

    [Theory]
    [InlineData(GuidanceControl.Tokens)]
    [InlineData(GuidanceControl.Embedding)]
    public void Forward_EitherScaleChanged_ChangesOnlyThatSample(GuidanceControl control)
    {
        using var denoiser = Randomised(new Denoiser(Config(control)));
        var condition = Condition(denoiser);
        Tensor At(float r, float a) => denoiser.forward(_noisy, _time, condition with { Guidance = tensor(new[] { r, a, 1, 1 }, [2, 2]) });

        var (first, audio, reference) = (At(1, 1), At(1, 4), At(3, 1));

        Assert.True(MaxDifference(first[0], audio[0]) > 1e-4);
        Assert.True(MaxDifference(first[0], reference[0]) > 1e-4);
        Assert.True(MaxDifference(first[1], audio[1]) < 1e-4);
    }

    [Fact]
    public void GuidedVelocity_NetworkWithoutControl_IsTheNestedSum()
    {
        using var denoiser = Randomised(new Denoiser(Config(GuidanceControl.None)));
        var full = Condition(denoiser);
        var silent = full with { Audio = null, LipCode = null };
        var bare = silent with { Reference = null, ReferenceLatent = null };
        GuidanceScales[] scales = [new(2, 3), new(1, 1)];

        var guided = GuidedVelocity.Of(denoiser, _noisy, _time, full, scales);

        var (e0, e1, e2) = (denoiser.forward(_noisy, _time, bare), denoiser.forward(_noisy, _time, silent), denoiser.forward(_noisy, _time, full));
        var expected = e0 + 2 * (e1 - e0) + 3 * (e2 - e1);
        Assert.True(MaxDifference(guided[0], expected[0]) < 1e-4);
        Assert.True(MaxDifference(guided[1], e2[1]) < 1e-5);
    }

    [Fact]
    public void GuidedVelocity_NetworkWithTokens_IsOneRunToldTheScales()
    {
        using var denoiser = Randomised(new Denoiser(Config(GuidanceControl.Tokens)));
        var condition = Condition(denoiser);

        var guided = GuidedVelocity.Of(denoiser, _noisy, _time, condition, [new(2, 3), new(1, 4)]);

        var told = denoiser.forward(_noisy, _time, condition with { Guidance = tensor(new float[] { 2, 3, 1, 4 }, [2, 2]) });
        Assert.Equal(0, MaxDifference(guided, told));
    }

    [Fact]
    public void GuidanceTokens_MixedLikeThePredictions()
    {
        using var module = new GuidanceTokens(4, 16);
        var sets = module.named_parameters().Single(p => p.name == "tokens").parameter;

        var mixed = module.call(tensor(new[] { 2f, 5f }, [1, 2]));

        var sum = (1 - 2) * sets[0] + (2 - 5) * sets[1] + 5 * sets[2];
        Assert.True(MaxDifference(mixed[0], nn.functional.layer_norm(sum, [16])) < 1e-4);
    }

    private static DenoiserConfig Config(GuidanceControl control) =>
        new() { Channels = [32, 32, 64], AudioFeatures = 16, TimeWidth = 32, AudioWidth = 32, Guidance = control };

    private static Denoiser Randomised(Denoiser denoiser)
    {
        using var _ = no_grad();
        foreach (var p in denoiser.parameters())
            p.copy_(randn_like(p) * 0.1);
        return denoiser;
    }

    private static DenoiserCondition Condition(Denoiser denoiser)
    {
        using var net = new ReferenceNet(denoiser.Config);
        var latent = randn(2, 8, 16, 16);
        var motion = net.call(randn(4, 8, 16, 16));
        return new DenoiserCondition
        {
            ReferenceLatent = latent,
            Reference = denoiser.ReferenceKeys(net.call(latent)),
            Motion = motion.Select(t => t.view(2, 2, t.shape[1], t.shape[2])).ToList(),
            Audio = randn(2, Frames, 3, 16),
            LipCode = randn(2, Frames, 4),
        };
    }
}
