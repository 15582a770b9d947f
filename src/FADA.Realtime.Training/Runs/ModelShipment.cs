using System.Text.Json;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using TorchSharp;

namespace FADA.Realtime.Training.Runs;

/// <summary>Makes the checkpoint that ships: a trained model, a decoder trained on, and how it is meant to be run.</summary>
public static class ModelShipment
{
    /// <param name="source">Export of the teacher stage (or of a later one).</param>
    /// <param name="decoder">Export of an autoencoder stage whose encoder was frozen; null keeps the source's decoder.</param>
    /// <param name="change">Sets steps, scales, lip gain and name.</param>
    /// <exception cref="WeightsException">A file is missing, or the decoder belongs to another encoder.</exception>
    public static void Write(string source, string? decoder, string target, Func<FadaModelConfig, FadaModelConfig> change)
    {
        using var trained = FadaModel.Load(source, torch.ScalarType.Float32);
        using var file = SafetensorsFile.Open(source);
        using var vae = SafetensorsFile.Open(decoder ?? source);
        var config = change(trained.Config);
        if (decoder is not null)
        {
            RequireSameEncoder(trained, vae);
            config = config with { Vae = JsonSerializer.Deserialize<VaeConfig>(vae.Metadata["config"])! };
        }
        using var shipped = new FadaModel(config, torch.ScalarType.Float32);
        shipped.CopyFrom(file, vae);
        shipped.Save(target);
    }

    private static void RequireSameEncoder(FadaModel trained, SafetensorsFile vae)
    {
        using var scope = torch.NewDisposeScope();
        foreach (var (name, parameter) in trained.Encoder.named_parameters())
        {
            // The export rounded to bf16.
            var other = vae.Read("encoder." + name).to(torch.ScalarType.BFloat16).to(torch.ScalarType.Float32);
            if ((other - parameter).abs().max().item<float>() > 1e-2)
                throw new WeightsException($"{vae.Path} was trained with another encoder ('{name}' differs), so its decoder reads other latents.");
        }
    }
}
