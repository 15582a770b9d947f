using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>A safetensors file, memory-mapped; tensors are copied out one by one.</summary>
public sealed class SafetensorsFile : ICheckpoint
{
    private readonly MappedFile _file;
    private readonly long _dataOffset;

    private SafetensorsFile(MappedFile file)
    {
        _file = file;
        (var tensors, var metadata, _dataOffset) = SafetensorsHeader.Parse(
            file.Bytes(0, 8), file.Length, n => file.Bytes(8, n).ToArray(), file.Path);
        (Tensors, Metadata) = (tensors, metadata);
        Names = tensors.Keys;
    }

    public string Path => _file.Path;
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }
    public IReadOnlyDictionary<string, string> Metadata { get; }
    public IReadOnlyCollection<string> Names { get; }

    /// <exception cref="WeightsException">The file is missing or is not a valid safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        var file = MappedFile.Open(path, "a safetensors file");
        try
        {
            return new SafetensorsFile(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => Tensors.ContainsKey(name);

    /// <summary>The tensor's entry; throws where the file has none of that name.</summary>
    public TensorEntry Entry(string name) =>
        Tensors.TryGetValue(name, out var e) ? e : throw new WeightsException($"{Path} has no tensor '{name}'.");

    public TensorDescription Describe(string name)
    {
        var e = Entry(name);
        return new TensorDescription(e.DType, e.Shape);
    }

    /// <summary>The tensor's raw bytes, little endian, row-major; valid until the file is disposed. At most 2 GB.</summary>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var e = Entry(name);
        if (e.Bytes > int.MaxValue)
            throw new WeightsException($"{Path}: tensor '{name}' is larger than 2 GB.");
        return _file.Bytes(_dataOffset + e.Begin, (int)e.Bytes);
    }

    /// <summary>Part of a tensor's raw bytes: <paramref name="count"/> bytes from <paramref name="offset"/> on.</summary>
    public ReadOnlySpan<byte> Bytes(string name, long offset, int count)
    {
        var e = Entry(name);
        if (offset < 0 || count < 0 || offset + count > e.Bytes)
            throw new ArgumentOutOfRangeException(nameof(offset), $"bytes {offset}..{offset + count} of {e.Bytes} in '{name}'");
        return _file.Bytes(_dataOffset + e.Begin + offset, count);
    }

    public void CopyTo(string name, Stream destination)
    {
        var e = Entry(name);
        _file.CopyTo(_dataOffset + e.Begin, e.Bytes, destination);
    }

    /// <summary>A copy of the tensor on the CPU, in the file's type.</summary>
    public Tensor Read(string name)
    {
        var bytes = Bytes(name);
        var e = Entry(name);
        var tensor = empty(e.Shape, dtype: SafetensorsTypes.ToScalarType(e.DType));
        bytes.CopyTo(tensor.bytes);
        return tensor;
    }

    public void Dispose() => _file.Dispose();
}
