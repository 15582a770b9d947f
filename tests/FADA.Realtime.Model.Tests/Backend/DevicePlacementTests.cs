using System.Runtime.CompilerServices;
using FADA.Realtime.Model.Backend;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Backend;

/// <summary>Nothing on the way from speech to crops relies on the process's default device being the model's.</summary>
[Collection(DefaultDevice.Alone)]
public class DevicePlacementTests : TorchTest
{
    [Theory]
    [InlineData(GuidanceControl.None)]
    [InlineData(GuidanceControl.Tokens)]
    [InlineData(GuidanceControl.Embedding)]
    public void Next_WithAnotherDefaultDevice_StaysOnTheModelsDevice(GuidanceControl guidance)
    {
        var scales = new GuidanceScales(1.5f, 2);
        using var model = TinyModel.Create(guidance);
        float[] Spoken()
        {
            using var identity = TinyModel.Portrait(model, 1);
            using var generator = new CropGenerator(model, identity, 5);
            var spoken = TinyModel.Speak(generator, scales, 2, 4);
            using var motion = identity.Latent.expand(2, -1, -1, -1);
            generator.Begin(motion);
            return [.. spoken, .. TinyModel.Speak(generator, scales, 1)];
        }

        var plain = Spoken();
        float[] poisoned;
        using (new DefaultDevice())
            poisoned = Spoken();

        Assert.Equal(plain, poisoned);
    }

    [Fact]
    public void Over_WithAnotherDefaultDevice_StaysOnTheModelsDevice()
    {
        using var model = TinyModel.Create();
        using var identity = TinyModel.Portrait(model, 1);
        using var generator = new CropGenerator(model, identity, 5);
        using var window = generator.Next(new float[4 * 640], 2, 1, GuidanceScales.One);
        var reference = zeros(1, 3, 256, 256);

        Tensor crops;
        using (new DefaultDevice())
            crops = window.Over(reference, FaceWindow.Box(256));

        Assert.Equal(TorchSharp.DeviceType.CPU, crops.device_type);
    }

    [Fact]
    public void Model_OfAnotherDevice_HasAllItsWeightsThere()
    {
        using var model = new FadaModel(TinyModel.Config(GuidanceControl.Tokens), ScalarType.Float32, new EagerBackend(META));

        var parts = new TorchSharp.torch.nn.Module[] { model.Encoder, model.Decoder, model.Audio, model.Reference, model.Denoiser };
        Assert.All(parts.SelectMany(m => m.parameters()), p => Assert.Equal(TorchSharp.DeviceType.META, p.device_type));
        Assert.All(parts.SelectMany(m => m.buffers()), p => Assert.Equal(TorchSharp.DeviceType.META, p.device_type));
        Assert.Equal(TorchSharp.DeviceType.META, model.Device.type);
    }

    [Fact]
    public void Sources_OfWhatAGraphHolds_CopyNothingFromOrToTheHost()
    {
        // A capture refuses both; on a CPU nobody would notice.
        var model = Path.GetFullPath(Path.Combine(Path.GetDirectoryName(ThisFile())!, "../../../src/FADA.Realtime.Model"));
        var held = Directory.GetFiles(Path.Combine(model, "Denoising"))
            .Concat(Directory.GetFiles(Path.Combine(model, "Vae")))
            .Concat(new[] { "Pipeline/WindowProgram", "Pipeline/WindowSampler", "Pipeline/SpeechFeatures", "Pipeline/LatentStatistics", "Audio/AudioEncoder", "Audio/CausalBlock", "Diffusion/Ddim" }
                .Select(name => Path.Combine(model, name + ".cs")));

        Assert.All(held, file => Assert.DoesNotMatch(@"\b(tensor|from_array|as_tensor|frombuffer|item<\w+>|data<\w+>|cpu|ToSingle|ToBoolean|nonzero)\(", File.ReadAllText(file)));
    }

    private static string ThisFile([CallerFilePath] string path = "") => path;

    [Fact]
    public void DefaultDevice_WhileItLives_CatchesATensorWithoutADevice()
    {
        using var _ = new DefaultDevice();

        Assert.Equal(TorchSharp.DeviceType.META, tensor(new[] { 1f }).device_type);
        Assert.Equal(TorchSharp.DeviceType.META, zeros(1).device_type);
    }
}
