using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>Compares and copies a checkpoint into a network: parameters and buffers, one tensor at a time.</summary>
internal static class StateDictLoader
{
    /// <summary>Every parameter and stored table of the network, by name.</summary>
    public static Dictionary<string, Tensor> Tensors(nn.Module module) =>
        module.named_parameters().Select(p => (p.name, Tensor: (Tensor)p.parameter))
            .Concat(module.named_buffers().Select(b => (b.name, Tensor: b.buffer)))
            .ToDictionary(t => t.name, t => t.Tensor, StringComparer.Ordinal);

    /// <summary>Copies tensors in the network's precision; names that the network lacks are passed over.</summary>
    /// <param name="prefix">Of the names in the checkpoint.</param>
    /// <exception cref="WeightsException">A tensor of the network is missing, or has another shape.</exception>
    public static void Load(nn.Module module, ICheckpoint checkpoint, string prefix = "")
    {
        using var _ = no_grad();
        foreach (var (name, target) in Tensors(module))
        {
            using var scope = NewDisposeScope();
            var about = checkpoint.Describe(prefix + name);
            if (!about.Shape.SequenceEqual(target.shape))
                throw new WeightsException($"{checkpoint.Path}: tensor '{prefix + name}' has the shape [{string.Join(", ", about.Shape)}] where the network needs [{string.Join(", ", target.shape)}].");
            target.copy_(checkpoint.Read(prefix + name));
        }
    }
}
