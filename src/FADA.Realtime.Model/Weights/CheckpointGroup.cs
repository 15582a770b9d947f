using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>Several checkpoint files as one, such as the shards of a large model. The first file that has a name wins.</summary>
public sealed class CheckpointGroup : ICheckpoint
{
    private readonly IReadOnlyList<ICheckpoint> _parts;
    private readonly Dictionary<string, ICheckpoint> _owners = new(StringComparer.Ordinal);

    /// <param name="path">For messages: the folder or index file.</param>
    /// <param name="parts">Disposed with the group.</param>
    public CheckpointGroup(string path, IReadOnlyList<ICheckpoint> parts)
    {
        (Path, _parts) = (path, parts);
        foreach (var part in parts)
            foreach (var name in part.Names)
                _owners.TryAdd(name, part);
    }

    public string Path { get; }
    public IReadOnlyCollection<string> Names => _owners.Keys;

    public TensorDescription Describe(string name) => Owner(name).Describe(name);

    public void CopyTo(string name, Stream destination) => Owner(name).CopyTo(name, destination);

    public Tensor Read(string name) => Owner(name).Read(name);

    public void Dispose()
    {
        foreach (var part in _parts)
            part.Dispose();
    }

    private ICheckpoint Owner(string name) =>
        _owners.TryGetValue(name, out var owner) ? owner : throw new WeightsException($"{Path} has no tensor '{name}'.");
}
