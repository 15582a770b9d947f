using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Layers;
using Xunit.Abstractions;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class LayerParityTests(ITestOutputHelper output) : ParityTest(output, "01_resnet3d")
{
    [ParityFact]
    public void ResnetsAndResampling_MatchTheOriginal()
    {
        var resnet = Load(new ResnetBlock(TensorPlace.Cpu, 32, 64, 128, 8, 1e-5), "resnet.");
        var second = Load(new ResnetBlock(TensorPlace.Cpu, 64, 64, 128, 8, 1e-5), "resnet_noshortcut.");
        var down = Load(new Downsampler(TensorPlace.Cpu, 64), "downsampler.");
        var up = Load(new Upsampler(TensorPlace.Cpu, 64), "upsampler.");

        var x = resnet.call(Video.ToFrames(Input("hidden")), Input("temb"));
        AssertClose("resnet", Video.FromFrames(x, 3));
        AssertClose("resnet_small", Video.FromFrames(resnet.call(Video.ToFrames(Input("hidden_small")), Input("temb")), 3));
        AssertClose("resnet_noshortcut", Video.FromFrames(x = second.call(x, Input("temb")), 3));
        AssertClose("downsample", Video.FromFrames(x = down.call(x), 3));
        AssertClose("upsample", Video.FromFrames(up.call(x), 3));
    }
}
