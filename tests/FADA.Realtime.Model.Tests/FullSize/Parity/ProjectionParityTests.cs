using FADA.Realtime.Model.FullSize.Conditioning;
using FADA.Realtime.Model.FullSize.Layers;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class AudioProjectionParityTests(ITestOutputHelper output) : ParityTest(output, "05_audioproj")
{
    [ParityFact]
    public void WindowsAndTokens_MatchTheOriginal()
    {
        var projection = Load(new AudioProjection(TensorPlace.Cpu, 5 * 12 * 24, 48, 8, 40), "audioproj.");
        var windows = AudioProjection.Windows(Input("audio_emb"));

        AssertClose("window", windows);
        AssertClose("tokens", projection.call(windows.unsqueeze(0)));
    }
}

public class FaceConditionParityTests(ITestOutputHelper output) : ParityTest(output, "06_facelocator_imageproj")
{
    [ParityFact]
    public void FaceLocatorAndImageProjection_MatchTheOriginal()
    {
        var locator = Load(new FaceLocator(TensorPlace.Cpu, 3, [8, 16, 24, 32], 32), "face_locator.");
        var projection = Load(new ImageProjection(TensorPlace.Cpu, 16, 4, 24), "imageproj.");

        AssertClose("face_locator", locator.call(Input("face_mask")));
        AssertClose("imageproj", projection.call(Input("face_emb")));
        AssertClose("imageproj_uncond", projection.call(zeros_like(Input("face_emb"))));
    }
}
