using System.Buffers.Binary;
using System.Text;

namespace FADA.Realtime.Model.Runtime;

/// <summary>The few parts of a 64-bit little-endian ELF file that the library repairs need.</summary>
internal readonly ref struct ElfImage
{
    private const uint DynamicSymbols = 11;
    private const uint VersionNeeds = 0x6ffffffe;
    private const int LoadSegment = 1;
    private readonly ReadOnlySpan<byte> _elf;

    public ElfImage(ReadOnlySpan<byte> elf) => _elf = elf;

    public bool IsElf64 => _elf.Length >= 64 && _elf[..4].SequenceEqual("\u007fELF"u8) && _elf[4] == 2 && _elf[5] == 1;

    /// <summary>File offset of the flags of a needed symbol version (vna_flags), or null where the file does not need it.</summary>
    public int? VersionFlags(string version)
    {
        if (!Section(VersionNeeds, out var need, out _, out var strings))
            return null;
        while (true)
        {
            var auxiliary = need + (int)U32(need + 8);
            for (int i = 0, entries = U16(need + 2); i < entries; i++)
            {
                if (Text(strings + (int)U32(auxiliary + 8)) == version)
                    return auxiliary + 4;
                auxiliary += (int)U32(auxiliary + 12);
            }
            var next = (int)U32(need + 12);
            if (next == 0)
                return null;
            need += next;
        }
    }

    /// <summary>File offset of an exported function's first instruction, or null where there is none.</summary>
    public int? Function(string name)
    {
        const int EntrySize = 24;
        if (!Section(DynamicSymbols, out var table, out var size, out var strings))
            return null;
        for (var at = table; at < table + size; at += EntrySize)
        {
            if (Text(strings + (int)U32(at)) == name && U64(at + 8) != 0)
                return FileOffset(U64(at + 8));
        }
        return null;
    }

    private bool Section(uint type, out int offset, out int size, out int strings)
    {
        int table = (int)U64(0x28), entry = U16(0x3A);
        for (int i = 0, count = U16(0x3C); i < count; i++)
        {
            var header = table + i * entry;
            if (U32(header + 4) != type)
                continue;
            (offset, size) = ((int)U64(header + 24), (int)U64(header + 32));
            strings = (int)U64(table + (int)U32(header + 40) * entry + 24);
            return true;
        }
        (offset, size, strings) = (0, 0, 0);
        return false;
    }

    private int? FileOffset(ulong address)
    {
        int table = (int)U64(0x20), entry = U16(0x36);
        for (int i = 0, count = U16(0x38); i < count; i++)
        {
            var header = table + i * entry;
            var (offset, start, length) = (U64(header + 8), U64(header + 16), U64(header + 32));
            if (U32(header) == LoadSegment && address >= start && address < start + length)
                return (int)(address - start + offset);
        }
        return null;
    }

    private ushort U16(int at) => BinaryPrimitives.ReadUInt16LittleEndian(_elf[at..]);

    private uint U32(int at) => BinaryPrimitives.ReadUInt32LittleEndian(_elf[at..]);

    private ulong U64(int at) => BinaryPrimitives.ReadUInt64LittleEndian(_elf[at..]);

    private string Text(int at)
    {
        var rest = _elf[at..];
        return Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)0)]);
    }
}
