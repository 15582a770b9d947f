using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Weights;
using FADA.Realtime.Training.Optimization;
using FADA.Realtime.Training.Windows;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Distillation;

/// <summary>The networks in training: a ReferenceNet and a denoiser that begin as copies of a trained model's.</summary>
internal sealed class Student : IDisposable
{
    private readonly FadaModelConfig _config;
    private readonly string _source;

    /// <param name="source">Checkpoint to begin with.</param>
    /// <exception cref="WeightsException">The checkpoint lacks weights that the student needs.</exception>
    public Student(string source, FadaModelConfig config, int steps, AdamWOptions optimizer)
    {
        (_source, _config) = (source, config);
        Reference = new ReferenceNet(config.Denoiser);
        Denoiser = new Denoiser(config.Denoiser);
        using (var file = SafetensorsFile.Open(source))
        {
            WeightsLoader.Load(Reference, file, WindowModel.Reference);
            // What carries the scales is new where the source had none.
            WeightsLoader.Load(Denoiser, file, WindowModel.Denoiser, name => name.Contains("guidance_", StringComparison.Ordinal) || name.Contains(".control.", StringComparison.Ordinal));
        }
        Reference.to(ScalarType.BFloat16);
        Denoiser.to(ScalarType.BFloat16);
        Conditions = new WindowConditions(Reference, Denoiser, config.Latents);
        Sampling = new WindowSampling(Denoiser, Conditions, steps);
        Optimizer = new MasterAdamW(
            Reference.named_parameters().Select(p => (WindowModel.Reference + p.name, p.parameter))
                .Concat(Denoiser.named_parameters().Select(p => (WindowModel.Denoiser + p.name, p.parameter))), optimizer);
    }

    public ReferenceNet Reference { get; }
    public Denoiser Denoiser { get; }
    public WindowConditions Conditions { get; }
    public WindowSampling Sampling { get; }
    public MasterAdamW Optimizer { get; }

    public void Export(string path, long step)
    {
        using var file = SafetensorsFile.Open(_source);
        WindowModel.Write(path, _config, model =>
        {
            WeightsLoader.Load(model.Encoder, file, "encoder.");
            WeightsLoader.Load(model.Decoder, file, "decoder.");
            WeightsLoader.Load(model.Audio, file, "audio.");
        }, Optimizer, step);
    }

    public void Dispose()
    {
        Optimizer.Dispose();
        Reference.Dispose();
        Denoiser.Dispose();
    }
}
