using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Pipeline;

public class CropGeneratorTests : TorchTest
{
    private static readonly FadaModelConfig Config = new()
    {
        Vae = new VaeConfig { EncoderChannels = [8, 8, 16], DecoderChannels = [16, 8, 8], ReferenceChannels = 4 },
        Audio = new AudioEncoderConfig { Width = 16 },
        Denoiser = new DenoiserConfig { Channels = [32, 32, 32], AudioFeatures = 16, TimeWidth = 32, AudioWidth = 32 },
        Latents = new LatentStatistics(new float[8], Enumerable.Repeat(1f, 8).ToArray(), Enumerable.Repeat(1f, 8).ToArray()),
    };

    [Fact]
    public void Next_SameSeedAndSpeech_GivesTheSameWindows()
    {
        using var model = new FadaModel(Config, ScalarType.Float32);
        using var identity = Identity.Create(model, rand(1, 3, 256, 256));

        Assert.True(Window(model, identity, 5).IsSameAs(Window(model, identity, 5)));
        Assert.False(Window(model, identity, 5).IsSameAs(Window(model, identity, 6)));
    }

    [Fact]
    public void Next_SpeechOfAnotherLength_IsRefused()
    {
        using var model = new FadaModel(Config, ScalarType.Float32);
        using var identity = Identity.Create(model, rand(1, 3, 256, 256));
        using var generator = new CropGenerator(model, identity, 1);

        Assert.Throws<ArgumentException>(() => generator.Next(new float[640], 1, 1, GuidanceScales.One));
    }

    [Fact]
    public void SaveThenLoad_GivesTheSameModelAndConfiguration()
    {
        var path = Path.Combine(Path.GetTempPath(), $"fada-{Guid.NewGuid():N}.safetensors");
        try
        {
            using var model = new FadaModel(Config with { Steps = 7 }, ScalarType.Float32);
            model.Save(path);
            using var loaded = FadaModel.Load(path, ScalarType.Float32);

            Assert.Equal(7, loaded.Config.Steps);
            var (before, after) = (model.Denoiser.parameters().First(), loaded.Denoiser.parameters().First());
            Assert.True(before.to(ScalarType.BFloat16).IsSameAs(after.to(ScalarType.BFloat16)));
        }
        finally
        {
            File.Delete(path);
        }
    }

    [Fact]
    public void Load_FileOfAnotherNetwork_SaysWhatIsMissing()
    {
        var path = Path.Combine(Path.GetTempPath(), $"fada-{Guid.NewGuid():N}.safetensors");
        SafetensorsWriter.Write(path, [("x", zeros(1))]);
        try
        {
            Assert.Contains("configuration", Assert.Throws<WeightsException>(() => FadaModel.Load(path, ScalarType.Float32)).Message, StringComparison.Ordinal);
        }
        finally
        {
            File.Delete(path);
        }
    }

    private static Tensor Window(FadaModel model, Identity identity, ulong seed)
    {
        using var generator = new CropGenerator(model, identity, seed);
        var speech = Enumerable.Range(0, 6 * 640).Select(i => MathF.Sin(i * 0.1f)).ToArray();
        return generator.Next(speech, 4, 2, new GuidanceScales(1, 2)).Latents;
    }
}
