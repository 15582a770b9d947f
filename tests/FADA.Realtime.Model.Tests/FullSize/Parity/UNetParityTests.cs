using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Layers;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class UNetParityTests(ITestOutputHelper output) : ParityTest(output, "08_unet_full")
{
    // Values inside of the network reach 30, where single precision itself is off by 3e-5.
    private const double InsideTolerance = 3e-4;
    private static readonly HalloConfig Config = new() { BlockChannels = [32, 32, 64, 64], Heads = 4, Groups = 8, ImageWidth = 24, AudioWidth = 40 };

    private UNet Denoiser => Load(new UNet(TensorPlace.Cpu, Config.Denoiser), "denoising_unet.");

    private ReferenceBank Bank(int rows)
    {
        var reference = Load(new UNet(TensorPlace.Cpu, Config.Reference), "reference_unet.");
        var text = rows == 2 ? Input("text_uc") : Input("text_uc").narrow(0, 1, 1);
        return reference.Write(Input("ref_latents").repeat(rows, 1, 1, 1), text, rows);
    }

    private HalloCondition Condition()
    {
        IReadOnlyList<Tensor> Masks(string region) => Enumerable.Range(0, 4).Select(i => Input($"{region}_mask.{i}")).ToList();
        var scale = Input("motion_scale").data<float>();
        return new HalloCondition(Input("ref_latents"), Input("text_uc"), Input("mask_cond_fea"), Input("audio"),
            new AudioMasks(Masks("full"), Masks("face"), Masks("lip")), new MotionScale(scale[0], scale[1], scale[2]));
    }

    // One call with the rows that are asked for; a row is nothing, the portrait, or the portrait and the sound.
    private UNetInput Call(ReferenceBank? bank, params string[] rows)
    {
        var c = Condition();
        Tensor Shown(Tensor x, Func<string, bool> visible) => cat(rows.Select(r => visible(r) ? x : zeros_like(x)).ToList(), 0);
        IReadOnlyList<Tensor> Repeated(IReadOnlyList<Tensor> masks) => masks.Select(m => m.repeat(rows.Length, 1)).ToList();
        return new UNetInput
        {
            Latents = Input("latents").repeat(rows.Length, 1, 1, 1, 1),
            Timestep = (int)Input("timestep").item<long>(),
            Context = cat(rows.Select(r => Input("text_uc").narrow(0, r == "nothing" ? 0 : 1, 1)).ToList(), 0),
            FaceFeatures = Shown(c.FaceFeatures, r => r != "nothing"),
            Audio = Shown(c.Audio, r => r == "ref_audio"),
            Masks = new AudioMasks(Repeated(c.Masks.Pose), Repeated(c.Masks.Face), Repeated(c.Masks.Lips)),
            MotionScale = c.MotionScale,
            Bank = bank,
            RowGroups = rows.Select(r => bank?.Groups == 2 && r != "nothing" ? 1 : 0).ToList(),
            RowsWithoutReference = bank is null ? 0 : rows.Count(r => r == "nothing"),
        };
    }

    [ParityFact]
    public void ReferenceNet_WritesTheOriginalsBank()
    {
        var bank = Bank(2);

        void AssertBank(int layer, string path) =>
            AssertClose($"bank.cfg.{path}.transformer_blocks.0", bank.Layers[layer].Features.flatten(0, 1), InsideTolerance);
        Assert.Equal(16, bank.Layers.Count);
        AssertBank(0, "down_blocks.0.attentions.0");
        AssertBank(5, "down_blocks.2.attentions.1");
        AssertBank(6, "mid_block.attentions.0");
        AssertBank(9, "up_blocks.1.attentions.2");
        AssertBank(15, "up_blocks.3.attentions.2");
    }

    [ParityFact]
    public void ThreeConditions_MatchTheOriginal()
    {
        var bank = Bank(2);

        var predicted = Denoiser.Denoise(Call(bank, "nothing", "ref_only", "ref_audio"));

        AssertClose("cfg.nothing", predicted.narrow(0, 0, 1));
        AssertClose("cfg.ref_only", predicted.narrow(0, 1, 1));
        AssertClose("cfg.ref_audio", predicted.narrow(0, 2, 1));
        AssertClose("cfg.guided_3p5", predicted.narrow(0, 0, 1) * -2.5 + predicted.narrow(0, 2, 1) * 3.5);
    }

    [ParityFact]
    public void WithoutGuidance_MatchesTheOriginal()
    {
        var (denoiser, bank) = (Denoiser, Bank(1));

        AssertClose("nocfg.ref_audio", denoiser.Denoise(Call(bank, "ref_audio")));
        AssertClose("nocfg.ref_only", denoiser.Denoise(Call(bank, "ref_only")));
    }

    [ParityFact]
    public void EmptyBank_HasFourZeroMotionFrames() => AssertClose("emptybank.nothing", Denoiser.Denoise(Call(null, "nothing")));

    [ParityFact]
    public void Blocks_MatchTheOriginal()
    {
        var denoiser = Denoiser;
        var blocks = new Dictionary<string, Tensor>();
        denoiser.BlockDone = (name, x) => blocks[name] = Video.FromFrames(x, 4).DetachFromDisposeScope();

        denoiser.Denoise(Call(Bank(2), "nothing", "ref_audio"));

        Assert.Equal(10, blocks.Count);
        foreach (var (name, x) in blocks)
            AssertClose($"mid.cfg.{name}", x, InsideTolerance);
    }

    [ParityFact]
    public void SixSteps_FollowTheOriginal()
    {
        var sampler = new HalloSampler(Load(new UNet(TensorPlace.Cpu, Config.Reference), "reference_unet."), Denoiser);
        var steps = new List<Tensor>();

        sampler.Sample(Condition(), Input("latents"), new HalloSampling { Steps = 6, Scales = new GuidanceScales(3.5f, 3.5f) }, x => steps.Add(x.clone().DetachFromDisposeScope()));

        AssertClose("pipeline.latents_after_step", stack(steps));
    }
}
