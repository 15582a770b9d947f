using System.Buffers.Binary;
using System.Text;

namespace FADA.Realtime.Model.Tests.Checkpoints;

/// <summary>Writes an uncompressed zip archive as PyTorch does, with zip64 records; the checksums stay zero.</summary>
internal sealed class TorchZip(Stream output) : IDisposable
{
    private readonly MemoryStream _directory = new();
    private long _count;

    /// <summary>Whether sizes and places are written as zip64 values.</summary>
    public bool Zip64 { get; init; } = true;
    public ushort Method { get; init; }
    public ushort Flags { get; init; }

    public void Add(string name, long length, Action<Stream> data)
    {
        var (bytes, header) = (Encoding.UTF8.GetBytes(name), output.Position);
        Write(output, 0x04034b50u, (ushort)45, Flags, Method, 0u, 0u, Size(length), Size(length), (ushort)bytes.Length, (ushort)0);
        output.Write(bytes);
        data(output);
        Write(_directory, 0x02014b50u, (ushort)45, (ushort)45, Flags, Method, 0u, 0u, Size(length), Size(length),
            (ushort)bytes.Length, (ushort)(Zip64 ? 28 : 0), (ushort)0, (ushort)0, (ushort)0, 0u, Size(header));
        _directory.Write(bytes);
        if (Zip64)
            Write(_directory, (ushort)1, (ushort)24, (ulong)length, (ulong)length, (ulong)header);
        _count++;
    }

    public void Dispose()
    {
        var directory = output.Position;
        _directory.WriteTo(output);
        if (Zip64)
        {
            var end = output.Position;
            Write(output, 0x06064b50u, 44UL, (ushort)45, (ushort)45, 0u, 0u, (ulong)_count, (ulong)_count, (ulong)_directory.Length, (ulong)directory);
            Write(output, 0x07064b50u, 0u, (ulong)end, 1u);
        }
        Write(output, 0x06054b50u, (ushort)0, (ushort)0, (ushort)_count, (ushort)_count, Size(_directory.Length), Size(directory), (ushort)0);
        _directory.Dispose();
    }

    /// <summary>A whole archive in memory.</summary>
    public static byte[] Of(byte[] pickle, bool zip64 = true, ushort method = 0, ushort flags = 0, string folder = "archive/", params (string Key, byte[] Data)[] storages)
    {
        using var output = new MemoryStream();
        using (var zip = new TorchZip(output) { Zip64 = zip64, Method = method, Flags = flags })
        {
            zip.Add($"{folder}data.pkl", pickle.Length, s => s.Write(pickle));
            zip.Add($"{folder}byteorder", 6, s => s.Write("little"u8));
            foreach (var (key, data) in storages)
                zip.Add($"{folder}data/{key}", data.Length, s => s.Write(data));
        }
        return output.ToArray();
    }

    private uint Size(long value) => Zip64 ? uint.MaxValue : (uint)value;

    private static void Write(Stream stream, params object[] values)
    {
        Span<byte> bytes = stackalloc byte[8];
        foreach (var value in values)
        {
            var size = value switch { ushort => 2, uint => 4, _ => 8 };
            BinaryPrimitives.WriteUInt64LittleEndian(bytes, Convert.ToUInt64(value, System.Globalization.CultureInfo.InvariantCulture));
            stream.Write(bytes[..size]);
        }
    }
}
