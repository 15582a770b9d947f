using System.Buffers.Binary;
using System.Text;

namespace FADA.Realtime.Model.Tests.Checkpoints;

/// <summary>Checkpoint files that must be refused: hostile pickles, damaged archives, damaged safetensors.</summary>
internal static class HostileFiles
{
    private static readonly byte[] Floats = new byte[16];

    public static byte[] GoodArchive { get; } =
        TorchZip.Of(PickleBuilder.One(p => p.Tensor("FloatStorage", "0", 4, 0, [4], [1])), storages: ("0", Floats));

    public static byte[] GoodSafetensors { get; } = Safetensors(
        """{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"b":{"dtype":"F16","shape":[4],"data_offsets":[16,24]}}""", 24);

    public static IReadOnlyList<(string Name, byte[] Bytes)> All { get; } =
    [
        .. HostilePickles.All().Select(h => ($"pickle: {h.Name}", TorchZip.Of(h.Pickle, storages: ("0", Floats)))),
        .. Archives().Select(h => ($"zip: {h.Name}", h.Bytes)),
        .. Headers().Select(h => ($"safetensors: {h}", Safetensors(h, 16))),
        .. Cuts(GoodArchive, 40).Select(c => ($"zip cut to {c.Length}", c)),
        .. Cuts(GoodSafetensors, 40).Select(c => ($"safetensors cut to {c.Length}", c)),
        ("safetensors padded", [.. GoodSafetensors, 0]),
        ("text", "<html>404: Not Found</html>"u8.ToArray()),
        ("git-lfs pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 4850000000\n"u8.ToArray()),
    ];

    private static IEnumerable<byte[]> Cuts(byte[] good, int count) =>
        Enumerable.Range(0, count).Select(i => good[..(good.Length * i / count)]);

    private static IEnumerable<(string Name, byte[] Bytes)> Archives()
    {
        var pickle = PickleBuilder.One(p => p.Tensor("FloatStorage", "0", 4, 0, [4], [1]));
        yield return ("compressed", TorchZip.Of(pickle, method: 8, storages: ("0", Floats)));
        yield return ("encrypted", TorchZip.Of(pickle, flags: 1, storages: ("0", Floats)));
        yield return ("storage missing", TorchZip.Of(pickle));
        yield return ("storage too short", TorchZip.Of(pickle, storages: ("0", new byte[15])));
        yield return ("record twice", TorchZip.Of(pickle, storages: [("0", Floats), ("0", Floats)]));
        yield return ("no pickle", TorchZip.Of(pickle, folder: "archive/x", storages: ("0", Floats)));
        // Offsets from the end: the end record (22), the zip64 locator (20), the zip64 end record (56).
        foreach (var (name, fromEnd, value) in new (string, int, long)[]
        {
            ("split archive", 18, 1), ("comment beyond end", 2, 500), ("zip64 place", 34, 1L << 50), ("zip64 place negative", 34, -1),
            ("zip64 signature", 98, 7), ("count", 66, long.MaxValue), ("count of many", 66, 150_000), ("count one more", 66, 4),
            ("directory size", 58, 1L << 60), ("directory place", 50, 1L << 60), ("directory place zero", 50, 0), ("directory place in zip64", 50, -8),
        })
            yield return (name, Patched(GoodArchive, GoodArchive.Length - fromEnd, value, name.StartsWith("s", StringComparison.Ordinal) || name.StartsWith("comm", StringComparison.Ordinal) ? 2 : 8));
        var directory = GoodArchive.AsSpan().IndexOf("PK\x01\x02"u8);
        foreach (var (name, at, value, size) in new (string, int, long, int)[]
        {
            ("entry signature", 0, 0, 4), ("name length", 28, 0xffff, 2), ("extra length", 30, 0xffff, 2), ("comment length", 32, 0xffff, 2),
            ("extra cut", 30, 12, 2), ("extra size", 46 + 16 + 2, 100, 2), ("length in zip64", 46 + 16 + 4, 1L << 45, 8),
            ("stored length in zip64", 46 + 16 + 12, 3, 8), ("header place in zip64", 46 + 16 + 20, 1L << 45, 8), ("header place off by one", 46 + 16 + 20, 1, 8),
            ("name differs", 46, 'X', 1),
        })
            yield return (name, Patched(GoodArchive, directory + at, value, size));
        yield return ("local signature", Patched(GoodArchive, 0, 0x4b51, 2));
        yield return ("local name length", Patched(GoodArchive, 26, 3, 2));
        yield return ("local extra length", Patched(GoodArchive, 28, 0xffff, 2));
        yield return ("big-endian", Replaced(GoodArchive, "little"u8, "bigend"u8));
    }

    private static IEnumerable<string> Headers()
    {
        const string Good = """{"a":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]}}""";
        foreach (var dtype in new[] { "F64", "F16", "BF16", "I8", "F8_E4M3", "f32", "", "os.system" })
            yield return Good.Replace("F32", dtype, StringComparison.Ordinal);
        foreach (var shape in new[] { "2", "2,3", "-2,-2", "4,0", "1e9", "9223372036854775807,9223372036854775807", "4611686018427387904,4", "\"2\",2", "null", "2.5,2", "99999999999999999999" })
            yield return Good.Replace("[2,2]", $"[{shape}]", StringComparison.Ordinal);
        foreach (var offsets in new[] { "0,15", "0,17", "1,17", "16,0", "-16,0", "0", "", "0,16,16", "0,1e300", "\"0\",16", "9223372036854775807,-9223372036854775793" })
            yield return Good.Replace("[0,16]", $"[{offsets}]", StringComparison.Ordinal);
        foreach (var header in new[] { "", "{", "[]", "7", "null", "{}", "{\"a\":null}", "{\"a\":[]}", "{\"a\":{}}", "{\"a\":{\"dtype\":7}}", "{\"__metadata__\":7}", "{\"__metadata__\":{\"x\":7}}" })
            yield return header;
        yield return new string('[', 100_000);
        yield return Good[..^1] + ",\"a\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}";
        yield return Good[..^1] + ",\"b\":{\"dtype\":\"F32\",\"shape\":[2,2],\"data_offsets\":[0,16]}}";
        yield return """{"a":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""";
        yield return """{"a":{"dtype":"F32","shape":[2],"data_offsets":[0,8]}}""";
        yield return """{"a":{"dtype":"F32","shape":[3],"data_offsets":[0,12]},"b":{"dtype":"F32","shape":[2],"data_offsets":[8,16]}}""";
    }

    private static byte[] Safetensors(string header, int dataBytes)
    {
        var text = Encoding.UTF8.GetBytes(header);
        var bytes = new byte[8 + text.Length + dataBytes];
        BinaryPrimitives.WriteInt64LittleEndian(bytes, text.Length);
        text.CopyTo(bytes.AsSpan(8));
        return bytes;
    }

    private static byte[] Patched(byte[] good, int at, long value, int size)
    {
        var bytes = (byte[])good.Clone();
        for (var i = 0; i < size; i++)
            bytes[at + i] = (byte)(value >> (8 * i));
        return bytes;
    }

    private static byte[] Replaced(byte[] good, ReadOnlySpan<byte> old, ReadOnlySpan<byte> with)
    {
        var bytes = (byte[])good.Clone();
        with.CopyTo(bytes.AsSpan(bytes.AsSpan().LastIndexOf(old)));
        return bytes;
    }
}
