using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Layers;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class AudioModuleParityTests(ITestOutputHelper output) : ParityTest(output, "03_audio_module")
{
    [ParityFact]
    public void NarrowInside_MatchesTheOriginal()
    {
        var module = Load(new SpatialTransformer<AudioBlock>(TensorPlace.Cpu, 64, 32, 8, new AudioBlock(TensorPlace.Cpu, 32, 40, 4, depth: 1)), "audio_module.");
        IReadOnlyList<Tensor> Masks(string region) => Enumerable.Range(0, 4).Select(i => Input($"{region}_mask.{i}")).ToList();
        var masks = new AudioMasks(Masks("full"), Masks("face"), Masks("lip"));
        var scale = Input("motion_scale").data<float>();
        var scaled = new MotionScale(scale[0], scale[1], scale[2]);
        Tensor Run(string hidden, Tensor audio, MotionScale motion) => Video.FromFrames(module.forward(Video.ToFrames(Input(hidden)),
            (b, tokens) => b.forward(tokens, audio.flatten(0, 1), masks, motion)), 4);

        AssertClose("hidden", Run("hidden", Input("audio"), scaled));
        AssertClose("hidden_noscale", Run("hidden", Input("audio"), MotionScale.One));
        AssertClose("hidden_small", Run("hidden_small", Input("audio"), scaled));
        AssertClose("hidden_zero_audio", Run("hidden", zeros_like(Input("audio")), scaled));
    }
}
