using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Layers;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class MotionModuleParityTests(ITestOutputHelper output) : ParityTest(output, "04_motion_module")
{
    [ParityFact]
    public void WithMotionFrames_MatchesTheOriginal()
    {
        var module = Load(new MotionModule(TensorPlace.Cpu, 64, 4, 32), "motion_module.");
        var motion = Input("motion_frames").permute(0, 2, 3, 4, 1).flatten(2, 3);                      // (R, M, H W, C)
        var all = cat([Input("motion_frames"), Input("hidden")], 2);

        AssertClose("hidden", Video.FromFrames(module.forward(Video.ToFrames(Input("hidden")), 4, motion), 4));
        AssertClose("full", Video.FromFrames(module.forward(Video.ToFrames(all), 6, null), 6));
        AssertClose("full_small", Video.FromFrames(module.forward(Video.ToFrames(Input("full_small")), 5, null), 5));
    }
}
