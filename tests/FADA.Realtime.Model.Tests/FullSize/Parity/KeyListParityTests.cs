using System.Text.Json;
using FADA.Realtime.Model.FullSize.EchoMimic;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Speech;
using FADA.Realtime.Model.FullSize.Vae;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

/// <summary>At full size, without memory: every name and shape of the originals, and no other.</summary>
public class KeyListParityTests : TorchTest
{
    [ParityFact]
    public void Hallo_HasTheOriginalsKeys() => AssertKeys(new HalloNet(TensorPlace.Meta, new HalloConfig()), 2656, "09_hallo_net_keys.json");

    [ParityFact]
    public void EchoMimic_HasTheOriginalsKeys()
    {
        var net = new EchoMimicNet(TensorPlace.Meta, new EchoMimicConfig());

        AssertKeys(net.Denoiser, 1274, "09_echomimic_denoising_unet_keys.json");
        AssertKeys(net.Reference, 570, "09_echomimic_reference_unet_keys.json");
        AssertKeys(net.FaceLocator, 16, "09_echomimic_face_locator_keys.json");
        Assert.Subset(StateDictLoader.Tensors(net.Denoiser).Keys.ToHashSet(), Keys("09_echomimic_motion_module_keys.json").Keys.ToHashSet());
    }

    [ParityFact]
    public void Autoencoder_HasTheOriginalsKeys() => AssertKeys(new Autoencoder(TensorPlace.Meta, new AutoencoderConfig()), 248, "09_sd_vae_ft_mse_keys.json");

    [ParityFact]
    public void Wav2Vec2_HasTheOriginalsKeys() => AssertKeys(new Wav2Vec2(TensorPlace.Meta, new Wav2Vec2Config()), 211, "09_wav2vec2_base_keys.json");

    private static Dictionary<string, long[]> Keys(string name) =>
        JsonSerializer.Deserialize<Dictionary<string, long[]>>(File.ReadAllText(ParityFixtures.PathOf(name)))!;

    private static void AssertKeys(nn.Module module, int count, string name)
    {
        var expected = Keys(name);
        var actual = StateDictLoader.Tensors(module);

        Assert.Equal(count, actual.Count);
        Assert.Equal(expected.Keys.Order(StringComparer.Ordinal), actual.Keys.Order(StringComparer.Ordinal));
        foreach (var (key, shape) in expected)
            Assert.True(shape.SequenceEqual(actual[key].shape), $"{key}: [{string.Join(", ", actual[key].shape)}]");
    }
}
