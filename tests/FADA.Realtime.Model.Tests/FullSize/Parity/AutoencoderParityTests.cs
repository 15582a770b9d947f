using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Vae;
using Xunit.Abstractions;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class AutoencoderParityTests(ITestOutputHelper output) : ParityTest(output, "10_vae")
{
    [ParityFact]
    public void EncodeAndDecode_MatchTheOriginal()
    {
        var vae = Load(new Autoencoder(TensorPlace.Cpu, new AutoencoderConfig { BlockChannels = [16, 32, 32, 32], Groups = 8 }), "vae.");
        var (mean, logVariance) = vae.Distribution(Input("image"));

        AssertClose("enc_mean", mean);
        AssertClose("enc_logvar", logVariance);
        AssertClose("enc_scaled_latents", vae.Encode(Input("image")));
        AssertClose("decoded", vae.DecodeUnscaled(Input("latents")));
        AssertClose("decode_scaled_clamped", vae.DecodeUnscaled(Input("latents")).div(2).add(0.5).clamp(0, 1));
    }
}
