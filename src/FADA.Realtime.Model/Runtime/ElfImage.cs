using System.Buffers.Binary;
using System.Text;

namespace FADA.Realtime.Model.Runtime;

/// <summary>The few parts of a 64-bit little-endian ELF file that the library repairs need.</summary>
internal readonly ref struct ElfImage
{
    private const uint VersionNeeds = 0x6ffffffe;
    private readonly ReadOnlySpan<byte> _elf;

    public ElfImage(ReadOnlySpan<byte> elf) => _elf = elf;

    public bool IsElf64 => _elf.Length >= 64 && _elf[..4].SequenceEqual("\u007fELF"u8) && _elf[4] == 2 && _elf[5] == 1;

    /// <summary>File offset of the flags of a needed symbol version (vna_flags), or null where the file does not need it.</summary>
    public int? VersionFlags(string version)
    {
        if (!Section(VersionNeeds, out var need, out var strings))
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

    private bool Section(uint type, out int offset, out int strings)
    {
        int table = (int)U64(0x28), entry = U16(0x3A);
        for (int i = 0, count = U16(0x3C); i < count; i++)
        {
            var header = table + i * entry;
            if (U32(header + 4) != type)
                continue;
            offset = (int)U64(header + 24);
            strings = (int)U64(table + (int)U32(header + 40) * entry + 24);
            return true;
        }
        (offset, strings) = (0, 0);
        return false;
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
