using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>The system's monotonic clock, the one clock of all pipelines.</summary>
internal static partial class GstClock
{
    private static readonly Lazy<GstObjectHandle> SystemClock = new(() => new GstObjectHandle(gst_system_clock_obtain()));

    public static nint Pointer => SystemClock.Value.Pointer;

    /// <summary>Nanoseconds.</summary>
    public static ulong Now => gst_clock_get_time(Pointer);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_system_clock_obtain();

    [LibraryImport(NativeLibraries.Gst)]
    private static partial ulong gst_clock_get_time(nint clock);
}
