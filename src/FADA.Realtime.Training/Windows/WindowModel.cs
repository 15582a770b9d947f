using System.Globalization;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Training.Optimization;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Windows;

/// <summary>Exports a trained ReferenceNet and denoiser as a whole model.</summary>
internal static class WindowModel
{
    /// <summary>Names of the two networks' parameters in optimizer and file.</summary>
    public const string Reference = "reference.", Denoiser = "denoiser.";

    /// <param name="fill">Loads the other networks into the model.</param>
    public static void Write(string path, FadaModelConfig config, Action<FadaModel> fill, MasterAdamW optimizer, long step)
    {
        using var scope = NewDisposeScope();
        using var _ = no_grad();
        using var model = new FadaModel(config, ScalarType.Float32);
        fill(model);
        var averages = optimizer.Averages().ToDictionary(a => a.Name, a => a.Tensor);
        foreach (var (name, parameter) in model.Reference.named_parameters())
            parameter.copy_(averages[Reference + name]);
        foreach (var (name, parameter) in model.Denoiser.named_parameters())
            parameter.copy_(averages[Denoiser + name]);
        model.Save(path);
        File.WriteAllText(Path.ChangeExtension(path, ".step"), step.ToString(CultureInfo.InvariantCulture));
    }
}
