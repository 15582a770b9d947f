using System.Buffers.Binary;

namespace FADA.Realtime.Model.Runtime;

/// <summary>
/// libLibTorchSharp.so 0.107 asks for GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 lack, for a symbol that is never
/// called. Marking that entry of .gnu.version_r as weak (VER_FLG_WEAK) lets the loader accept the older library.
/// </summary>
internal static class LibTorchSharpRepair
{
    private const string Library = "libLibTorchSharp.so";
    private const ushort Weak = 2;

    /// <summary>Repairs the library in <paramref name="folder"/> if needed.</summary>
    /// <exception cref="IOException">The library is read-only and needs the repair.</exception>
    public static void Apply(string folder)
    {
        var path = Path.Combine(folder, Library);
        if (!File.Exists(path))
            return;
        var image = File.ReadAllBytes(path);
        if (!Repair(image))
            return;
        // The file may be a hard link into the package cache, and another process may start now: write beside, then swap.
        var temporary = $"{path}.{Environment.ProcessId}.tmp";
        File.WriteAllBytes(temporary, image);
        File.Move(temporary, path, overwrite: true);
    }

    /// <returns>Whether anything was changed.</returns>
    internal static bool Repair(byte[] image)
    {
        var elf = new ElfImage(image);
        if (!elf.IsElf64)
            return false;
        if (elf.VersionFlags("GLIBCXX_3.4.32") is not { } flags || BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(flags)) == Weak)
            return false;
        BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(flags), Weak);
        return true;
    }
}
