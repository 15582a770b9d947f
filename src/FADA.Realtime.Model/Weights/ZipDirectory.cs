using System.Text;

namespace FADA.Realtime.Model.Weights;

/// <summary>
/// The records of an uncompressed zip archive (APPNOTE 6.3.10, with zip64), as PyTorch writes them: name to byte range.
/// Compressed, encrypted or split archives are refused, so nothing ever expands.
/// </summary>
internal static class ZipDirectory
{
    private const int EndLength = 22;
    private const int MaxRecords = 200_000;

    /// <exception cref="WeightsException">The archive is damaged or uses what is refused.</exception>
    public static Dictionary<string, (long Offset, long Length)> Read(MappedFile file)
    {
        var (count, offset, size) = Locate(file);
        if (count > MaxRecords || size > file.Length || offset > file.Length - size || count * 46 > size)
            throw new WeightsException($"{file.Path} has a damaged zip directory: {count} records in {size} bytes at {offset}.");
        var records = new Dictionary<string, (long, long)>(StringComparer.Ordinal);
        var at = offset;
        for (var i = 0; i < count; i++)
        {
            var record = ZipRecord.Read(file, ref at);
            if (!records.TryAdd(record.Name, record.DataRange(file, offset)))
                throw new WeightsException($"{file.Path} holds the record '{record.Name}' twice.");
        }
        return records;
    }

    private static (long Count, long Offset, long Size) Locate(MappedFile file)
    {
        var end = FindEnd(file);
        if (file.UInt16(end + 4) != 0 || file.UInt16(end + 6) != 0)
            throw new WeightsException($"{file.Path} is one part of a split zip archive.");
        if (end < 20 || file.UInt32(end - 20) != 0x07064b50)
            return (file.UInt16(end + 10), file.UInt32(end + 16), file.UInt32(end + 12));
        var zip64 = Signed(file.UInt64(end - 12), file);
        if (file.UInt32(zip64) != 0x06064b50)
            throw new WeightsException($"{file.Path} has a damaged zip64 directory.");
        return (Signed(file.UInt64(zip64 + 32), file), Signed(file.UInt64(zip64 + 48), file), Signed(file.UInt64(zip64 + 40), file));
    }

    // The end record is the last one whose comment reaches exactly to the end of the file.
    private static long FindEnd(MappedFile file)
    {
        var lowest = Math.Max(0, file.Length - EndLength - ushort.MaxValue);
        for (var at = file.Length - EndLength; at >= lowest; at--)
            if (file.UInt32(at) == 0x06054b50 && at + EndLength + file.UInt16(at + 20) == file.Length)
                return at;
        throw new WeightsException($"{file.Path} is not a PyTorch checkpoint: it has no zip directory (cut off, or written before PyTorch 1.6).");
    }

    internal static long Signed(ulong value, MappedFile file) =>
        value <= (ulong)file.Length ? (long)value : throw new WeightsException($"{file.Path} has a damaged zip directory: {value} lies outside of the file.");

    internal static string Name(ReadOnlySpan<byte> bytes) => Encoding.UTF8.GetString(bytes);
}
