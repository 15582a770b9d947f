using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>Caps, buffers, samples, events, messages and promises are mini objects.</summary>
internal static partial class GstMiniObject
{
    /// <summary>Size of the header before a mini object's own fields (64-bit).</summary>
    public const int HeaderSize = 64;

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_mini_object_unref")]
    public static partial void Unref(nint instance);
}
