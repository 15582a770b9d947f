using System.IO.MemoryMappedFiles;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>A safetensors file, memory-mapped; tensors are copied out one by one.</summary>
public sealed unsafe class SafetensorsFile : IDisposable
{
    private readonly MemoryMappedFile _map;
    private readonly MemoryMappedViewAccessor _view;
    private readonly byte* _base;
    private readonly long _dataOffset;

    private SafetensorsFile(string path, MemoryMappedFile map, MemoryMappedViewAccessor view, long length)
    {
        (Path, _map, _view) = (path, map, view);
        view.SafeMemoryMappedViewHandle.AcquirePointer(ref _base);
        var first = _base;
        (var tensors, var metadata, _dataOffset) = SafetensorsHeader.Parse(
            new ReadOnlySpan<byte>(first, (int)Math.Min(8, length)), length, n => new ReadOnlySpan<byte>(first + 8, n).ToArray(), path);
        (Tensors, Metadata) = (tensors, metadata);
    }

    public string Path { get; }
    public IReadOnlyDictionary<string, TensorEntry> Tensors { get; }
    public IReadOnlyDictionary<string, string> Metadata { get; }

    /// <exception cref="WeightsException">The file is missing or is not a valid safetensors file.</exception>
    public static SafetensorsFile Open(string path)
    {
        var info = new FileInfo(path);
        if (!info.Exists)
            throw new WeightsException($"The weights file {path} does not exist.");
        if (info.Length < 8)
            throw new WeightsException($"{path} is not a safetensors file: it has only {info.Length} bytes.");
        var map = MemoryMappedFile.CreateFromFile(path, FileMode.Open, null, 0, MemoryMappedFileAccess.Read);
        var view = map.CreateViewAccessor(0, 0, MemoryMappedFileAccess.Read);
        try
        {
            return new SafetensorsFile(path, map, view, info.Length);
        }
        catch
        {
            view.Dispose();
            map.Dispose();
            throw;
        }
    }

    public bool Contains(string name) => Tensors.ContainsKey(name);

    /// <summary>The tensor's entry; throws where the file has none of that name.</summary>
    public TensorEntry Entry(string name) =>
        Tensors.TryGetValue(name, out var e) ? e : throw new WeightsException($"{Path} has no tensor '{name}'.");

    /// <summary>The tensor's raw bytes, little endian, row-major; valid until the file is disposed. At most 2 GB.</summary>
    public ReadOnlySpan<byte> Bytes(string name)
    {
        var e = Entry(name);
        return new ReadOnlySpan<byte>(_base + _dataOffset + e.Begin, checked((int)e.Bytes));
    }

    /// <summary>Part of a tensor's raw bytes: <paramref name="count"/> bytes from <paramref name="offset"/> on.</summary>
    public ReadOnlySpan<byte> Bytes(string name, long offset, int count)
    {
        var e = Entry(name);
        if (offset < 0 || count < 0 || offset + count > e.Bytes)
            throw new ArgumentOutOfRangeException(nameof(offset), $"bytes {offset}..{offset + count} of {e.Bytes} in '{name}'");
        return new ReadOnlySpan<byte>(_base + _dataOffset + e.Begin + offset, count);
    }

    /// <summary>A copy of the tensor on the CPU, in the file's type.</summary>
    public Tensor Read(string name)
    {
        var e = Entry(name);
        var tensor = empty(e.Shape, dtype: SafetensorsTypes.ToScalarType(e.DType));
        Bytes(name).CopyTo(tensor.bytes);
        return tensor;
    }

    public void Dispose()
    {
        _view.SafeMemoryMappedViewHandle.ReleasePointer();
        _view.Dispose();
        _map.Dispose();
    }
}
