using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Graphs;

/// <summary>The constants of one graph while it is compiled, and the tensors that compiled nodes keep.</summary>
internal sealed class GraphConstants(Dictionary<string, Tensor> weights) : IDisposable
{
    private readonly List<Tensor> _owned = [];

    public bool Contains(string name) => weights.ContainsKey(name);

    public Tensor Get(string name) =>
        weights.TryGetValue(name, out var value) ? value : throw new FaceModelException($"The graph's constant '{name}' has no weights.");

    /// <summary>The values of a shape, axis or padding constant.</summary>
    public long[] Integers(string name)
    {
        using var flat = Get(name).to_type(ScalarType.Int64).reshape(-1);
        return flat.data<long>().ToArray();
    }

    /// <summary>Keeps a prepared tensor until the graph is disposed.</summary>
    public Tensor Own(Tensor value)
    {
        _owned.Add(value.DetachFromDisposeScope());
        return value;
    }

    public void Dispose()
    {
        foreach (var tensor in _owned.Concat(weights.Values))
            tensor.Dispose();
    }
}
