using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>A checkpoint under other names.</summary>
internal sealed class MappedCheckpoint : ICheckpoint
{
    private readonly ICheckpoint _inner;
    private readonly Dictionary<string, string> _names = new(StringComparer.Ordinal);

    /// <param name="inner">Disposed with this one.</param>
    /// <param name="rename">The new name of each tensor; null leaves it out.</param>
    /// <exception cref="WeightsException">Two tensors would get the same name.</exception>
    public MappedCheckpoint(ICheckpoint inner, Func<string, string?> rename)
    {
        _inner = inner;
        foreach (var name in inner.Names)
            if (rename(name) is { } renamed && !_names.TryAdd(renamed, name))
                throw new WeightsException($"{inner.Path} holds '{renamed}' under two names: '{_names[renamed]}' and '{name}'.");
    }

    public string Path => _inner.Path;
    public IReadOnlyCollection<string> Names => _names.Keys;

    public TensorDescription Describe(string name) => _inner.Describe(Original(name));

    public void CopyTo(string name, Stream destination) => _inner.CopyTo(Original(name), destination);

    public Tensor Read(string name) => _inner.Read(Original(name));

    public void Dispose() => _inner.Dispose();

    private string Original(string name) =>
        _names.TryGetValue(name, out var original) ? original : throw new WeightsException($"{Path} has no tensor '{name}'.");
}
