using System.Buffers.Binary;
using System.Text.Json;

namespace FADA.Realtime.Model.Weights;

/// <summary>Reads and validates the header of a safetensors file: every length, type, shape and offset is checked before use.</summary>
internal static class SafetensorsHeader
{
    private const long MaxHeaderBytes = 100L << 20;

    public static (Dictionary<string, TensorEntry> Tensors, Dictionary<string, string> Metadata, long DataOffset) Parse(
        ReadOnlySpan<byte> prefix, long fileLength, Func<int, byte[]> readHeader, string path)
    {
        if (prefix.Length < 8)
            throw new WeightsException($"{path} is not a safetensors file: it is shorter than its 8-byte header length.");
        var headerLength = BinaryPrimitives.ReadUInt64LittleEndian(prefix);
        if (headerLength > MaxHeaderBytes || (long)headerLength > fileLength - 8)
            throw new WeightsException($"{path} is not a safetensors file: its header claims {headerLength} bytes.");
        var dataOffset = 8 + (long)headerLength;
        try
        {
            using var json = JsonDocument.Parse(readHeader((int)headerLength), new JsonDocumentOptions { MaxDepth = 8 });
            var tensors = new Dictionary<string, TensorEntry>(StringComparer.Ordinal);
            var metadata = new Dictionary<string, string>(StringComparer.Ordinal);
            foreach (var property in json.RootElement.EnumerateObject())
            {
                if (property.NameEquals("__metadata__"))
                    foreach (var item in property.Value.EnumerateObject())
                        metadata[item.Name] = item.Value.GetString() ?? "";
                else if (!tensors.TryAdd(property.Name, Entry(property, fileLength - dataOffset, path)))
                    throw new WeightsException($"{path} names tensor '{property.Name}' twice.");
            }
            RequireWholeCover(tensors.Values, fileLength - dataOffset, path);
            return (tensors, metadata, dataOffset);
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or FormatException or KeyNotFoundException)
        {
            throw new WeightsException($"{path} has a damaged safetensors header: {e.Message}", e);
        }
    }

    // The format allows neither gaps nor overlaps nor bytes behind the last tensor: a cut or padded file shows here.
    private static void RequireWholeCover(IEnumerable<TensorEntry> tensors, long dataLength, string path)
    {
        long end = 0;
        foreach (var tensor in tensors.OrderBy(t => t.Begin).ThenBy(t => t.End))
        {
            if (tensor.Begin != end)
                throw new WeightsException($"{path}: tensor '{tensor.Name}' begins at byte {tensor.Begin} where {end} was expected.");
            end = tensor.End;
        }
        if (end != dataLength)
            throw new WeightsException($"{path} has {dataLength} bytes of data where its tensors need {end}.");
    }

    private static TensorEntry Entry(JsonProperty property, long dataLength, string path)
    {
        var dtype = property.Value.GetProperty("dtype").GetString() ?? "";
        var shape = property.Value.GetProperty("shape").EnumerateArray().Select(x => x.GetInt64()).ToArray();
        var offsets = property.Value.GetProperty("data_offsets").EnumerateArray().Select(x => x.GetInt64()).ToArray();
        if (offsets.Length != 2 || offsets[0] < 0 || offsets[1] < offsets[0] || offsets[1] > dataLength)
            throw new WeightsException($"{path}: tensor '{property.Name}' points outside the file.");
        long elements = 1;
        try
        {
            foreach (var n in shape)
                elements = n < 0 ? throw new OverflowException() : checked(elements * n);
            elements = checked(elements * SafetensorsTypes.Size(dtype, path, property.Name));
        }
        catch (OverflowException e)
        {
            throw new WeightsException($"{path}: tensor '{property.Name}' has an impossible shape.", e);
        }
        if (elements != offsets[1] - offsets[0])
            throw new WeightsException($"{path}: tensor '{property.Name}' has {offsets[1] - offsets[0]} bytes where its shape needs {elements}.");
        return new TensorEntry(property.Name, dtype, shape, offsets[0], offsets[1]);
    }
}
