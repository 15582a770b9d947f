using FADA.Realtime.Model.Weights.Pickle;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>
/// A PyTorch state dict (.pth, .pt, .bin, .ckpt; the zip format since PyTorch 1.6), memory-mapped. Its pickle runs on a
/// closed machine, see <see cref="PickleMachine"/>; tensors may share storages and have any strides.
/// </summary>
public sealed class PytorchCheckpoint : ICheckpoint
{
    private const int MaxPickleBytes = 16 << 20;
    private const string Pickle = "/data.pkl";
    private readonly MappedFile _file;
    private readonly Dictionary<string, (TensorReference Tensor, long Offset)> _tensors;

    private PytorchCheckpoint(MappedFile file)
    {
        _file = file;
        var records = ZipDirectory.Read(file);
        var pickle = records.Keys.Where(k => k == Pickle[1..] || k.EndsWith(Pickle, StringComparison.Ordinal)).Order(StringComparer.Ordinal).FirstOrDefault()
            ?? throw new WeightsException($"{file.Path} is not a PyTorch checkpoint: it has no data.pkl.");
        var folder = pickle[..^(Pickle.Length - 1)];
        if (records.TryGetValue($"{folder}byteorder", out var order) && !file.Bytes(order.Offset, (int)Math.Min(order.Length, 6)).SequenceEqual("little"u8))
            throw new WeightsException($"{file.Path} was written on a big-endian machine.");
        var (offset, length) = records[pickle];
        if (length > MaxPickleBytes)
            throw new WeightsException($"{file.Path} has a pickle of {length} bytes; at most {MaxPickleBytes} are allowed.");
        var value = new PickleMachine(file.Bytes(offset, (int)length).ToArray(), file.Path).Run();
        _tensors = StateDict.Tensors(value, file.Path).ToDictionary(t => t.Name, t => (t.Tensor, Place(t.Tensor, records, folder)), StringComparer.Ordinal);
    }

    public string Path => _file.Path;
    public IReadOnlyCollection<string> Names => _tensors.Keys;

    /// <exception cref="WeightsException">The file is missing, damaged, or asks for what is not allowed.</exception>
    public static PytorchCheckpoint Open(string path)
    {
        var file = MappedFile.Open(path, "a PyTorch checkpoint");
        try
        {
            return new PytorchCheckpoint(file);
        }
        catch
        {
            file.Dispose();
            throw;
        }
    }

    public TensorDescription Describe(string name)
    {
        var (tensor, _) = Find(name);
        return new TensorDescription(tensor.Storage.DType, tensor.Shape);
    }

    public void CopyTo(string name, Stream destination)
    {
        var (tensor, offset) = Find(name);
        if (tensor.IsContiguous)
            _file.CopyTo(offset, Describe(name).Bytes, destination);
        else
            StridedCopy.Write(tensor, at => _file.Bytes(offset + at, SafetensorsTypes.Size(SafetensorsTypes.ToScalarType(tensor.Storage.DType))), destination);
    }

    public Tensor Read(string name)
    {
        var about = Describe(name);
        if (about.Bytes > int.MaxValue)
            throw new WeightsException($"{Path}: tensor '{name}' is larger than 2 GB.");
        var tensor = empty(about.Shape, dtype: SafetensorsTypes.ToScalarType(about.DType));
        using var buffer = new MemoryStream((int)about.Bytes);
        CopyTo(name, buffer);
        buffer.GetBuffer().AsSpan(0, (int)buffer.Length).CopyTo(tensor.bytes);
        return tensor;
    }

    public void Dispose() => _file.Dispose();

    private (TensorReference Tensor, long Offset) Find(string name) =>
        _tensors.TryGetValue(name, out var found) ? found : throw new WeightsException($"{Path} has no tensor '{name}'.");

    // The first byte of a tensor, after a check that its storage's record is there and long enough.
    private long Place(TensorReference tensor, Dictionary<string, (long Offset, long Length)> records, string folder)
    {
        var (storage, size) = (tensor.Storage, SafetensorsTypes.Size(SafetensorsTypes.ToScalarType(tensor.Storage.DType)));
        if (!records.TryGetValue($"{folder}data/{storage.Key}", out var record))
            throw new WeightsException($"{Path} lacks the storage '{storage.Key}'.");
        if (storage.Elements > record.Length / size)
            throw new WeightsException($"{Path}: the storage '{storage.Key}' has {record.Length} bytes where {storage.Elements} elements of {size} bytes are announced.");
        return record.Offset + tensor.Offset * size;
    }
}
