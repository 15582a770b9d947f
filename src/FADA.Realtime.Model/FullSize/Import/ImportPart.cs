using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>One network of a checkpoint: where it comes from, and what it has to look like.</summary>
/// <param name="Name">Its file in the output, without the ending.</param>
/// <param name="Source">Under the network's names.</param>
/// <param name="Network">On the meta device: shapes without memory.</param>
internal sealed record ImportPart(string Name, ICheckpoint Source, nn.Module Network) : IDisposable
{
    /// <summary>Names that a published file may lack, because only training used them; they become zeros.</summary>
    public IReadOnlySet<string> Optional { get; init; } = new HashSet<string>();

    /// <summary>Everything to be written: name, type and shape, and what writes the data.</summary>
    public IEnumerable<(string Name, TensorDescription About, Action<Stream> Data)> Tensors()
    {
        foreach (var name in Source.Names)
            yield return (name, Source.Describe(name), s => Source.CopyTo(name, s));
        foreach (var name in Optional.Except(Source.Names))
        {
            var about = new TensorDescription("F32", StateDictLoader.Tensors(Network)[name].shape);
            yield return (name, about, s => s.Write(new byte[about.Bytes]));
        }
    }

    /// <summary>What does not fit, in the order missing, unexpected, misshapen.</summary>
    public IEnumerable<KeyProblem> Problems()
    {
        var needed = StateDictLoader.Tensors(Network).ToDictionary(t => t.Key, t => t.Value.shape, StringComparer.Ordinal);
        var found = Source.Names.ToHashSet(StringComparer.Ordinal);
        foreach (var (key, shape) in needed.Where(n => !found.Contains(n.Key) && !Optional.Contains(n.Key)))
            yield return new KeyProblem(KeyProblemKind.Missing, Name, key, "", Text(shape));
        foreach (var key in Source.Names.Where(k => !needed.ContainsKey(k)).Order(StringComparer.Ordinal))
            yield return new KeyProblem(KeyProblemKind.Unexpected, Name, key, Text(Source.Describe(key)), "");
        foreach (var (key, shape) in needed.Where(n => found.Contains(n.Key)))
            if (Source.Describe(key) is var about && (!about.Shape.SequenceEqual(shape) || about.DType is not ("F64" or "F32" or "F16" or "BF16")))
                yield return new KeyProblem(KeyProblemKind.Misshapen, Name, key, Text(about), Text(shape));
    }

    public void Dispose()
    {
        Source.Dispose();
        Network.Dispose();
    }

    private static string Text(TensorDescription about) => $"{about.DType} {Text(about.Shape)}";

    private static string Text(long[] shape) => $"[{string.Join(", ", shape)}]";
}
