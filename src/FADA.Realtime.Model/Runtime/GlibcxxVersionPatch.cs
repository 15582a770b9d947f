using System.Buffers.Binary;
using System.Text;

namespace FADA.Realtime.Model.Runtime;

/// <summary>
/// libLibTorchSharp.so 0.107 asks for GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 lack, for one symbol that is
/// never called. Marking that entry of .gnu.version_r as weak (VER_FLG_WEAK) lets the loader accept the older library.
/// </summary>
internal static class GlibcxxVersionPatch
{
    private const string Library = "libLibTorchSharp.so";
    private const string Version = "GLIBCXX_3.4.32";
    private const uint ShtGnuVerneed = 0x6ffffffe;
    private const ushort WeakFlag = 2;

    /// <summary>Repairs the library in <paramref name="folder"/> if needed. Idempotent; harmless on newer systems.</summary>
    /// <exception cref="IOException">The library is read-only and needs the repair.</exception>
    public static void Apply(string folder)
    {
        var path = Path.Combine(folder, Library);
        if (!File.Exists(path))
            return;
        var image = File.ReadAllBytes(path);
        if (FlagOffset(image) is not { } offset || BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(offset)) == WeakFlag)
            return;
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(offset), WeakFlag);
        // The file may be a hard link into the package cache, and another process may start now: write beside, then swap.
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, image);
        File.Move(temporary, path, overwrite: true);
    }

    /// <summary>Offset of vna_flags of the GLIBCXX_3.4.32 entry, or null when the image has none (ELF64, little endian).</summary>
    internal static int? FlagOffset(ReadOnlySpan<byte> elf)
    {
        if (elf.Length < 64 || !elf[..4].SequenceEqual("\u007fELF"u8))
            return null;
        var sections = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[0x28..]);
        int entrySize = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3A..]), count = BinaryPrimitives.ReadUInt16LittleEndian(elf[0x3C..]);
        for (var i = 0; i < count; i++)
        {
            var header = elf[(sections + i * entrySize)..];
            if (BinaryPrimitives.ReadUInt32LittleEndian(header[4..]) != ShtGnuVerneed)
                continue;
            var link = (int)BinaryPrimitives.ReadUInt32LittleEndian(header[40..]);
            var strings = (int)BinaryPrimitives.ReadUInt64LittleEndian(elf[(sections + link * entrySize + 24)..]);
            return Search(elf, (int)BinaryPrimitives.ReadUInt64LittleEndian(header[24..]), strings);
        }
        return null;
    }

    private static int? Search(ReadOnlySpan<byte> elf, int need, int strings)
    {
        while (true)
        {
            var auxiliary = need + (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(need + 8)..]);
            int entries = BinaryPrimitives.ReadUInt16LittleEndian(elf[(need + 2)..]);
            for (var i = 0; i < entries; i++)
            {
                var name = elf[(strings + (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(auxiliary + 8)..]))..];
                if (Encoding.ASCII.GetString(name[..name.IndexOf((byte)0)]) == Version)
                    return auxiliary + 4;
                auxiliary += (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(auxiliary + 12)..]);
            }
            var next = (int)BinaryPrimitives.ReadUInt32LittleEndian(elf[(need + 12)..]);
            if (next == 0)
                return null;
            need += next;
        }
    }
}
