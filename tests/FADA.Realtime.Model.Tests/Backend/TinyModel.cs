using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Backend;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Backend;

/// <summary>A very small model of random weights, none of them zero: every input changes what comes out.</summary>
internal static class TinyModel
{
    public static FadaModelConfig Config(GuidanceControl guidance) => new()
    {
        Vae = new VaeConfig { EncoderChannels = [8, 8, 16], DecoderChannels = [16, 8, 8], ReferenceChannels = 4, Warp = true },
        Audio = new AudioEncoderConfig { Width = 16 },
        Denoiser = new DenoiserConfig { Channels = [32, 32, 32], AudioFeatures = 16, TimeWidth = 32, AudioWidth = 32, Guidance = guidance },
        Latents = new LatentStatistics(new float[8], Enumerable.Repeat(1f, 8).ToArray(), Enumerable.Repeat(1f, 8).ToArray()),
    };

    public static FadaModel Create(GuidanceControl guidance = GuidanceControl.None, IGraphBackend? backend = null)
    {
        random.manual_seed(3);
        var model = new FadaModel(Config(guidance), ScalarType.Float32, backend);
        using var _ = no_grad();
        foreach (var module in new nn.Module[] { model.Encoder, model.Decoder, model.Audio, model.Reference, model.Denoiser })
        {
            module.eval();
            foreach (var (_, parameter) in module.named_parameters())
                parameter.add_(randn_like(parameter) * 0.05);
        }
        return model;
    }

    public static Identity Portrait(FadaModel model, int seed)
    {
        using var scope = NewDisposeScope();
        using var generator = new Generator((ulong)seed, CPU);
        return Identity.Create(model, rand([1, 3, 256, 256], device: CPU, generator: generator));
    }

    /// <summary>Latents and picture of one window after the other, flat.</summary>
    public static float[] Speak(CropGenerator generator, GuidanceScales scales, params int[] windows)
    {
        var values = new List<float>();
        foreach (var count in windows)
        {
            using var scope = NewDisposeScope();
            var at = values.Count;
            var speech = Enumerable.Range(0, (count + 2) * 640).Select(i => MathF.Sin((i + at) * 0.1f)).ToArray();
            using var window = generator.Next(speech, count, 2, scales);
            values.AddRange(window.Latents.data<float>());
            values.AddRange(window.Painting.Picture.data<float>().Where((_, i) => i % 97 == 0));
            values.AddRange(window.Painting.Mask.data<float>().Where((_, i) => i % 97 == 0));
            values.AddRange(window.Painting.Flow!.data<float>());
        }
        return [.. values];
    }
}
