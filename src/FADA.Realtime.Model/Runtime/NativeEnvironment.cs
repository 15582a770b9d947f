using System.Runtime.InteropServices;

namespace FADA.Realtime.Model.Runtime;

/// <summary>The parts of the C environment that libtorch reads and that .NET's own Environment does not reach.</summary>
internal static partial class NativeEnvironment
{
    private const int TrimThreshold = -1;
    private const int TopPad = -2;
    private const int MmapThreshold = -3;

    [LibraryImport("libc", StringMarshalling = StringMarshalling.Utf8, SetLastError = true)]
    private static partial int setenv(string name, string value, int overwrite);

    [LibraryImport("libc")]
    private static partial int mallopt(int param, int value);

    /// <summary>Sets a variable for native readers unless the user has set it already.</summary>
    public static void SetDefault(string name, string value)
    {
        if (Environment.GetEnvironmentVariable(name) is null)
            setenv(name, value, 0);
    }

    /// <summary>Keeps freed tensor memory in the heap: a page fault costs about 12 us on these machines.</summary>
    public static void TuneAllocator()
    {
        try
        {
            mallopt(MmapThreshold, 1 << 30);
            mallopt(TrimThreshold, 512 << 20);
            mallopt(TopPad, 64 << 20);
        }
        catch (EntryPointNotFoundException)
        {
            // musl has no mallopt; the default allocator is then used as it is.
        }
    }

    /// <summary>NNPACK prints a warning per call and slows its fallbacks on processors it does not know.</summary>
    public static unsafe void DisableNnpack()
    {
        if (!NativeLibrary.TryLoad(Path.Combine(AppContext.BaseDirectory, "libtorch_cpu.so"), out var library))
            return;
        if (NativeLibrary.TryGetExport(library, "_ZN2at13globalContextEv", out var context)
            && NativeLibrary.TryGetExport(library, "_ZN2at7Context20setUserEnabledNNPACKEb", out var set))
        {
            var instance = ((delegate* unmanaged<nint>)context)();
            ((delegate* unmanaged<nint, byte, void>)set)(instance, 0);
        }
    }
}
