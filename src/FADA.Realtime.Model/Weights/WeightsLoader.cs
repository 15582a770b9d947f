using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>Copies a safetensors file into a network, exactly: a missing or misshapen tensor is an error.</summary>
public static class WeightsLoader
{
    /// <param name="prefix">Of the tensor names in the file.</param>
    /// <param name="mayLack">Names (without prefix) that keep their values where the file lacks them; null: none.</param>
    /// <exception cref="WeightsException">The file lacks a tensor of the network, or one has another shape.</exception>
    public static void Load(nn.Module module, SafetensorsFile file, string prefix, Func<string, bool>? mayLack = null)
    {
        using var _ = no_grad();
        foreach (var (name, parameter) in module.named_parameters())
        {
            if (mayLack is not null && mayLack(name) && !file.Contains(prefix + name))
                continue;
            using var scope = NewDisposeScope();
            var entry = file.Entry(prefix + name);
            if (!entry.Shape.SequenceEqual(parameter.shape))
                throw new WeightsException($"{file.Path}: tensor '{prefix + name}' has the shape [{string.Join(", ", entry.Shape)}] where the network needs [{string.Join(", ", parameter.shape)}].");
            parameter.copy_(file.Read(prefix + name));
        }
    }
}
