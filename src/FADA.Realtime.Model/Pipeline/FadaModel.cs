using System.Text.Json;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Backend;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Layers;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Model.Weights;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>The networks of one checkpoint, ready for inference. Read-only once loaded: sessions share it.</summary>
public sealed class FadaModel : IDisposable
{
    /// <param name="backend">Says where the networks live, and runs them; the model's own from now on. Null: the CPU.</param>
    public FadaModel(FadaModelConfig config, ScalarType precision, IGraphBackend? backend = null)
    {
        (Config, Precision, Backend) = (config, precision, backend ?? new EagerBackend(CPU));
        Encoder = new VaeEncoder(config.Vae);
        Decoder = new VaeDecoder(config.Vae);
        Audio = new AudioEncoder(config.Audio);
        Reference = new ReferenceNet(config.Denoiser);
        Denoiser = new Denoiser(config.Denoiser);
        PictureWindow = FaceWindow.Create(config.Vae.Side, Device).DetachFromDisposeScope();
        LatentWindow = FaceWindow.Create(config.Vae.LatentSide, Device).DetachFromDisposeScope();
        if (Device.type == DeviceType.CPU)
            return;
        foreach (var (_, module) in Parts)
            module.to(Device);
    }

    public FadaModelConfig Config { get; }

    /// <summary>Element type of the picture networks; the audio encoder is small and stays fp32.</summary>
    public ScalarType Precision { get; }

    /// <summary>Where weights are, and every tensor that meets them.</summary>
    public Device Device => Backend.Device;

    /// <summary>Runs the networks.</summary>
    public IGraphBackend Backend { get; }
    public VaeEncoder Encoder { get; }
    public VaeDecoder Decoder { get; }
    public AudioEncoder Audio { get; }
    public ReferenceNet Reference { get; }
    public Denoiser Denoiser { get; }

    /// <summary>(1, 1, 256, 256), see <see cref="FaceWindow"/>; captured graphs read it, so it lives as long as the weights.</summary>
    internal Tensor PictureWindow { get; }

    /// <summary>(1, 1, 16, 16)</summary>
    internal Tensor LatentWindow { get; }

    private IEnumerable<(string Prefix, nn.Module Module)> Parts =>
        [("encoder.", Encoder), ("decoder.", Decoder), ("audio.", Audio), ("reference.", Reference), ("denoiser.", Denoiser)];

    /// <summary>Loads a checkpoint written by <see cref="Save"/>.</summary>
    /// <param name="backend">As in the constructor; disposed where the checkpoint will not do.</param>
    /// <exception cref="WeightsException">The file is missing, damaged, or of another network.</exception>
    public static FadaModel Load(string path, ScalarType precision, IGraphBackend? backend = null)
    {
        FadaModel? model = null;
        try
        {
            using var file = SafetensorsFile.Open(path);
            using var _ = no_grad();
            model = new FadaModel(ReadConfig(file), precision, backend);
            model.CopyFrom(file);
            foreach (var (_, module) in model.Parts)
            {
                module.eval();
                if (!ReferenceEquals(module, model.Audio))
                    module.to(precision);
                module.ToChannelsLast();
            }
            return model;
        }
        catch
        {
            if (model is null)
                backend?.Dispose();
            model?.Dispose();
            throw;
        }
    }

    /// <summary>What a checkpoint says about itself, without its weights.</summary>
    /// <exception cref="WeightsException">The file is missing, damaged, or of another network.</exception>
    public static FadaModelConfig ReadConfig(string path)
    {
        using var file = SafetensorsFile.Open(path);
        return ReadConfig(file);
    }

    /// <summary>Copies all weights of a checkpoint of the same shape.</summary>
    /// <param name="decoder">Has the decoder's; null: the same file.</param>
    /// <exception cref="WeightsException">A tensor is missing or has another shape.</exception>
    public void CopyFrom(SafetensorsFile file, SafetensorsFile? decoder = null)
    {
        foreach (var (prefix, module) in Parts)
            WeightsLoader.Load(module, ReferenceEquals(module, Decoder) ? decoder ?? file : file, prefix);
    }

    /// <summary>Writes all networks in bf16 with the configuration inside.</summary>
    public void Save(string path)
    {
        using var scope = NewDisposeScope();
        var tensors = Parts.SelectMany(p => p.Module.named_parameters().Select(x => (p.Prefix + x.name, x.parameter.detach().to(ScalarType.BFloat16))));
        SafetensorsWriter.Write(path, tensors, new Dictionary<string, string>
        {
            ["format"] = "fada-1",
            ["config"] = JsonSerializer.Serialize(Config),
        });
    }

    public void Dispose()
    {
        // First what reads the weights, then the weights.
        Backend.Dispose();
        PictureWindow.Dispose();
        LatentWindow.Dispose();
        foreach (var (_, module) in Parts)
            module.Dispose();
    }

    private static FadaModelConfig ReadConfig(SafetensorsFile file)
    {
        if (!file.Metadata.TryGetValue("config", out var json))
            throw new WeightsException($"{file.Path} is not a FADA checkpoint: it has no configuration.");
        try
        {
            return JsonSerializer.Deserialize<FadaModelConfig>(json) ?? throw new JsonException("it is null");
        }
        catch (JsonException e)
        {
            throw new WeightsException($"{file.Path} has a damaged configuration: {e.Message}", e);
        }
    }
}
