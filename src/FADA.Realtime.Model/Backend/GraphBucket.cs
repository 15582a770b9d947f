using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>One captured graph with the tensors it reads and writes at fixed addresses.</summary>
internal sealed class GraphBucket
{
    private readonly (long[] Shape, ScalarType Type)[] _signature;

    /// <param name="inputs">Copied: their shapes, types and first values.</param>
    public GraphBucket(IReadOnlyList<Tensor> inputs)
    {
        _signature = inputs.Select(t => (t.shape, t.dtype)).ToArray();
        // All or none: what is made before a failure goes with the caller's scope.
        Inputs = inputs.Select(t => t.clone()).ToArray();
        foreach (var input in Inputs)
            input.DetachFromDisposeScope();
    }

    /// <summary>Written before each replay.</summary>
    public IReadOnlyList<Tensor> Inputs { get; }

    /// <summary>In the graph's own memory pool; the next replay writes over them.</summary>
    public IReadOnlyList<Tensor> Outputs { get; set; } = [];

    /// <summary>0 until it was made.</summary>
    public nint Graph { get; set; }

    public long LastUse { get; set; }

    /// <summary>Whether tensors have the shapes and types that were captured.</summary>
    public bool Fits(IReadOnlyList<Tensor> tensors)
    {
        if (tensors.Count != _signature.Length)
            return false;
        for (var i = 0; i < _signature.Length; i++)
        {
            if (tensors[i].dtype != _signature[i].Type || !tensors[i].shape.AsSpan().SequenceEqual(_signature[i].Shape))
                return false;
        }
        return true;
    }

    public static string Signature(IReadOnlyList<Tensor> tensors) =>
        string.Join(' ', tensors.Select(t => $"{t.dtype}[{string.Join(',', t.shape)}]"));
}
