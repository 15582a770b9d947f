using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Vae;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

public class AutoencoderTests : TorchTest
{
    private static Autoencoder Small() => SmallHallo.Randomize(new Autoencoder(TensorPlace.Cpu, new AutoencoderConfig { BlockChannels = [8, 8, 16, 16], Groups = 4 }));

    [Fact]
    public void EncodeAndDecode_KeepTheirShapesAndRanges()
    {
        using var _ = no_grad();
        var vae = Small();

        var latents = vae.Encode(rand(2, 3, 32, 32) * 2 - 1);
        var pictures = vae.Decode(latents);

        Assert.Equal(new long[] { 2, 4, 4, 4 }, latents.shape);
        Assert.Equal(new long[] { 2, 3, 32, 32 }, pictures.shape);
        Assert.InRange(pictures.min().item<float>(), 0, 1);
        Assert.InRange(pictures.max().item<float>(), 0, 1);
    }

    [Fact]
    public void Encode_IsTheScaledMean()
    {
        using var _ = no_grad();
        var (vae, picture) = (Small(), rand(1, 3, 16, 16));

        Assert.True(MaxDifference(vae.Encode(picture), vae.Distribution(picture).Mean * 0.18215f) < 1e-6);
    }
}
