using System.Buffers.Binary;
using System.Text.Json;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>Writes safetensors files: beside the target first, then moved over it, so a reader never sees half a file.</summary>
public static class SafetensorsWriter
{
    /// <summary>Writes tensors in the given order. They are made contiguous on the CPU; types are kept.</summary>
    public static void Write(string path, IEnumerable<(string Name, Tensor Tensor)> tensors, IReadOnlyDictionary<string, string>? metadata = null)
    {
        using var scope = NewDisposeScope();
        var list = tensors.Select(t => (t.Name, Value: t.Tensor.detach().cpu().contiguous())).ToList();
        Write(path, list.Select(t => (t.Name, SafetensorsTypes.FromScalarType(t.Value.dtype), t.Value.shape,
            (Action<Stream>)(s => s.Write(t.Value.bytes)), t.Value.numel() * SafetensorsTypes.Size(t.Value.dtype))).ToList(), metadata);
    }

    /// <summary>Writes raw arrays: safetensors type name ("U8", "F32", "I16" …), shape and bytes of each.</summary>
    public static void WriteRaw(string path, IEnumerable<(string Name, string DType, long[] Shape, ReadOnlyMemory<byte> Data)> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(path, tensors.Select(t => (t.Name, t.DType, t.Shape, (Action<Stream>)(s => s.Write(t.Data.Span)), (long)t.Data.Length)).ToList(), metadata);

    /// <summary>Writes tensors whose data come one after the other, so that no more than one is ever in memory.</summary>
    /// <param name="tensors">Name, type and shape, and what writes exactly the tensor's bytes.</param>
    public static void WriteStreamed(string path, IEnumerable<(string Name, TensorDescription About, Action<Stream> Data)> tensors, IReadOnlyDictionary<string, string>? metadata = null) =>
        Write(path, tensors.Select(t => (t.Name, t.About.DType, t.About.Shape, t.Data, t.About.Bytes)).ToList(), metadata);

    private static void Write(string path, List<(string Name, string DType, long[] Shape, Action<Stream> Data, long Bytes)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        var header = Header(tensors, metadata);
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        Directory.CreateDirectory(System.IO.Path.GetDirectoryName(System.IO.Path.GetFullPath(path))!);
        try
        {
            using (var file = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 20))
            {
                Span<byte> length = stackalloc byte[8];
                BinaryPrimitives.WriteUInt64LittleEndian(length, (ulong)header.Length);
                file.Write(length);
                file.Write(header);
                foreach (var t in tensors)
                {
                    var before = file.Position;
                    t.Data(file);
                    if (file.Position - before != t.Bytes)
                        throw new ArgumentException($"tensor '{t.Name}' wrote {file.Position - before} bytes where its shape needs {t.Bytes}", nameof(tensors));
                }
            }
            File.Move(temporary, path, overwrite: true);
        }
        catch
        {
            File.Delete(temporary);
            throw;
        }
    }

    private static byte[] Header(List<(string Name, string DType, long[] Shape, Action<Stream> Data, long Bytes)> tensors, IReadOnlyDictionary<string, string>? metadata)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer))
        {
            json.WriteStartObject();
            if (metadata is { Count: > 0 })
            {
                json.WriteStartObject("__metadata__");
                foreach (var (key, value) in metadata)
                    json.WriteString(key, value);
                json.WriteEndObject();
            }
            long offset = 0;
            foreach (var t in tensors)
            {
                json.WriteStartObject(t.Name);
                json.WriteString("dtype", t.DType);
                json.WriteStartArray("shape");
                foreach (var n in t.Shape)
                    json.WriteNumberValue(n);
                json.WriteEndArray();
                json.WriteStartArray("data_offsets");
                json.WriteNumberValue(offset);
                json.WriteNumberValue(offset += t.Bytes);
                json.WriteEndArray();
                json.WriteEndObject();
            }
            json.WriteEndObject();
        }
        // The format aligns the data to 8 bytes with spaces after the JSON.
        while (buffer.Length % 8 != 0)
            buffer.WriteByte((byte)' ');
        return buffer.ToArray();
    }
}
