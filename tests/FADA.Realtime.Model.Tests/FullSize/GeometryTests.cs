using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.EchoMimic;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Speech;
using FADA.Realtime.Model.FullSize.Vae;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

public class GeometryTests : TorchTest
{
    private static void AssertCount(nn.Module module, int tensors) => Assert.Equal(tensors, StateDictLoader.Tensors(module).Count);

    [Fact]
    public void Hallo_AtFullSize_HasTheOriginalsTensorsAndElements()
    {
        var net = new HalloNet(TensorPlace.Meta, new HalloConfig());

        AssertCount(net, 2656);
        AssertCount(net.Reference, 682);
        AssertCount(net.Denoiser, 1946);
        Assert.Equal(2_424_802_964, StateDictLoader.Tensors(net).Values.Sum(t => t.numel()));
    }

    [Fact]
    public void EchoMimic_AtFullSize_HasTheOriginalsTensors()
    {
        var net = new EchoMimicNet(TensorPlace.Meta, new EchoMimicConfig());

        AssertCount(net.Denoiser, 1274);
        AssertCount(net.Reference, 570);
        AssertCount(net.FaceLocator, 16);
    }

    [Fact]
    public void AutoencoderAndSpeechEncoder_AtFullSize_HaveTheOriginalsTensors()
    {
        AssertCount(new Autoencoder(TensorPlace.Meta, new AutoencoderConfig()), 248);
        AssertCount(new Wav2Vec2(TensorPlace.Meta, new Wav2Vec2Config()), 211);
    }

    [Theory]
    [InlineData("down_blocks.1.audio_modules.0", 320, 640)]
    [InlineData("down_blocks.2.audio_modules.0", 640, 1280)]
    [InlineData("down_blocks.2.audio_modules.1", 1280, 1280)]
    [InlineData("mid_block.audio_modules.0", 1280, 1280)]
    [InlineData("up_blocks.1.audio_modules.2", 640, 1280)]
    [InlineData("up_blocks.3.audio_modules.0", 320, 320)]
    public void AudioModules_AreAsWideAsTheirBlocksInput_UnlessSwitchedOff(string path, long inside, long outside)
    {
        long[] Shape(UNetQuirks quirks) => StateDictLoader.Tensors(new UNet(TensorPlace.Meta, new HalloConfig { Quirks = quirks }.Denoiser))[$"{path}.proj_in.weight"].shape;

        Assert.Equal([inside, outside, 1, 1], Shape(new UNetQuirks()));
        Assert.Equal([outside, outside, 1, 1], Shape(new UNetQuirks { AudioWidthOfBlockInput = false }));
    }
}
