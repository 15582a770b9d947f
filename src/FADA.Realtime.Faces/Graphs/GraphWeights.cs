using System.Runtime.InteropServices;
using System.Text.Json;
using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Graphs;

/// <summary>Reads the weightsManifest of a tfjs model: shards joined, quantised values restored to float32.</summary>
internal static class GraphWeights
{
    public static Dictionary<string, Tensor> Read(JsonElement manifest, string folder)
    {
        var weights = new Dictionary<string, Tensor>(StringComparer.Ordinal);
        foreach (var group in manifest.EnumerateArray())
        {
            var data = Shards(group.GetProperty("paths"), folder);
            var offset = 0;
            foreach (var entry in group.GetProperty("weights").EnumerateArray())
            {
                var name = entry.GetProperty("name").GetString()!;
                var shape = entry.GetProperty("shape").EnumerateArray().Select(d => d.GetInt64()).ToArray();
                var count = checked((int)shape.Aggregate(1L, (a, b) => checked(a * b)));
                var dtype = entry.GetProperty("dtype").GetString()!;
                JsonElement? quantization = entry.TryGetProperty("quantization", out var q) ? q : null;
                var stored = quantization?.GetProperty("dtype").GetString() ?? dtype;
                var bytes = checked(count * Size(stored, name));
                if (count < 0 || offset + bytes > data.Length)
                    throw new FaceModelException($"The weights in {folder} end before tensor '{name}' does.");
                weights[name] = Decode(data.AsSpan(offset, bytes), dtype, stored, quantization, count, name).reshape(shape).DetachFromDisposeScope();
                offset += bytes;
            }
        }
        return weights;
    }

    private static byte[] Shards(JsonElement paths, string folder)
    {
        using var all = new MemoryStream();
        foreach (var shard in paths.EnumerateArray())
        {
            var path = Path.Combine(folder, Path.GetFileName(shard.GetString()!));
            if (!File.Exists(path))
                throw FaceModels.Missing(path);
            all.Write(File.ReadAllBytes(path));
        }
        return all.ToArray();
    }

    private static int Size(string dtype, string name) => dtype switch
    {
        "float32" or "int32" => 4,
        "float16" or "uint16" => 2,
        "uint8" or "bool" => 1,
        _ => throw new FaceModelException($"The weights tensor '{name}' has the unknown type {dtype}."),
    };

    private static Tensor Decode(ReadOnlySpan<byte> data, string dtype, string stored, JsonElement? quantization, int count, string name)
    {
        if (dtype == "int32" && stored == "int32")
            return tensor(MemoryMarshal.Cast<byte, int>(data).ToArray());
        var values = new float[count];
        switch (stored)
        {
            case "float32":
                MemoryMarshal.Cast<byte, float>(data).CopyTo(values);
                break;
            case "float16":
                var halves = MemoryMarshal.Cast<byte, Half>(data);
                for (var i = 0; i < count; i++)
                    values[i] = (float)halves[i];
                break;
            case "uint8" or "uint16" when quantization is { } q:
                var (scale, min) = (q.GetProperty("scale").GetSingle(), q.GetProperty("min").GetSingle());
                for (var i = 0; i < count; i++)
                    values[i] = (stored == "uint8" ? data[i] : MemoryMarshal.Cast<byte, ushort>(data)[i]) * scale + min;
                break;
            default:
                throw new FaceModelException($"The weights tensor '{name}' of type {dtype} is stored as {stored}, which is not known.");
        }
        return tensor(values);
    }
}
