using System.Buffers.Binary;
using System.Runtime.InteropServices;

namespace FADA.Realtime.Model.Runtime;

/// <summary>
/// Two repairs of libLibTorchSharp.so 0.107 in the output folder, each made once and harmless where not needed.
/// First, it asks for GLIBCXX_3.4.32, which Debian 12 and Ubuntu 22.04 lack, for a symbol that is never called: the need
/// is marked weak. Second, TorchSharp lets the finaliser free a Scalar that a native call still reads (no KeepAlive):
/// operators then fail at random under load, so the function that frees scalars returns at once. A scalar is 32 bytes;
/// the frame path uses rooted ones (<see cref="Layers.Constants"/>), so nothing grows there.
/// </summary>
internal static class LibTorchSharpRepair
{
    private const string Library = "libLibTorchSharp.so";
    private const ushort Weak = 2;
    private const byte Return = 0xC3;

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
        var changed = false;
        if (elf.VersionFlags("GLIBCXX_3.4.32") is { } flags && BinaryPrimitives.ReadUInt16LittleEndian(image.AsSpan(flags)) != Weak)
        {
            BinaryPrimitives.WriteUInt16LittleEndian(image.AsSpan(flags), Weak);
            changed = true;
        }
        if (RuntimeInformation.ProcessArchitecture == Architecture.X64 && elf.Function("THSTorch_dispose_scalar") is { } free && image[free] != Return)
        {
            image[free] = Return;
            changed = true;
        }
        return changed;
    }
}
