namespace FADA.Realtime.Model.Weights;

/// <summary>One entry of a zip archive's central directory.</summary>
internal readonly record struct ZipRecord(string Name, long Header, long Length)
{
    private const uint InZip64 = uint.MaxValue;

    /// <summary>Reads the entry at <paramref name="at"/> and moves behind it.</summary>
    public static ZipRecord Read(MappedFile file, ref long at)
    {
        if (file.UInt32(at) != 0x02014b50)
            throw new WeightsException($"{file.Path} has a damaged zip directory: no record at byte {at}.");
        int nameLength = file.UInt16(at + 28), extraLength = file.UInt16(at + 30), commentLength = file.UInt16(at + 32);
        var name = ZipDirectory.Name(file.Bytes(at + 46, nameLength));
        var (flags, method) = (file.UInt16(at + 8), file.UInt16(at + 10));
        if ((flags & 1) != 0)
            throw new WeightsException($"{file.Path}: the record '{name}' is encrypted.");
        if (method != 0)
            throw new WeightsException($"{file.Path}: the record '{name}' is compressed, which PyTorch never does.");
        ulong stored = file.UInt32(at + 20), length = file.UInt32(at + 24), header = file.UInt32(at + 42);
        var extra = at + 46 + nameLength;
        foreach (var (id, begin, end) in Extras(file, extra, extra + extraLength))
        {
            if (id != 1)
                continue;
            var next = begin;
            length = length == InZip64 ? Wide(file, ref next, end) : length;
            stored = stored == InZip64 ? Wide(file, ref next, end) : stored;
            header = header == InZip64 ? Wide(file, ref next, end) : header;
        }
        if (stored != length)
            throw new WeightsException($"{file.Path}: the record '{name}' has {stored} bytes where {length} are announced.");
        at = extra + extraLength + commentLength;
        return new ZipRecord(name, ZipDirectory.Signed(header, file), ZipDirectory.Signed(length, file));
    }

    /// <summary>Where the data lie; checked against the local header and the place of the directory.</summary>
    public (long Offset, long Length) DataRange(MappedFile file, long directory)
    {
        if (file.UInt32(Header) != 0x04034b50)
            throw new WeightsException($"{file.Path}: the record '{Name}' has no header at byte {Header}.");
        int nameLength = file.UInt16(Header + 26), extraLength = file.UInt16(Header + 28);
        if (ZipDirectory.Name(file.Bytes(Header + 30, nameLength)) != Name)
            throw new WeightsException($"{file.Path}: the record '{Name}' has another name in its header.");
        var offset = Header + 30 + nameLength + extraLength;
        if (offset > directory - Length)
            throw new WeightsException($"{file.Path}: the record '{Name}' reaches into the zip directory.");
        return (offset, Length);
    }

    private static List<(ushort Id, long Begin, long End)> Extras(MappedFile file, long at, long end)
    {
        var extras = new List<(ushort, long, long)>();
        while (at + 4 <= end)
        {
            var next = at + 4 + file.UInt16(at + 2);
            if (next > end)
                break;
            extras.Add((file.UInt16(at), at + 4, next));
            at = next;
        }
        return extras;
    }

    private static ulong Wide(MappedFile file, ref long at, long end)
    {
        if (at + 8 > end)
            throw new WeightsException($"{file.Path} has a damaged zip64 record.");
        at += 8;
        return file.UInt64(at - 8);
    }
}
