using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>Messages of a pipeline.</summary>
internal static unsafe partial class GstBus
{
    public const int Drop = 0;
    public const uint EndOfStream = 1 << 0;
    public const uint Error = 1 << 1;
    public const uint Latency = 1 << 19;

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_bus_set_sync_handler")]
    public static partial void SetSyncHandler(nint bus, delegate* unmanaged[Cdecl]<nint, nint, nint, int> handler, nint data, nint destroy);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial void gst_message_parse_error(nint message, nint* error, nint* debug);

    public static uint MessageType(nint message) => *(uint*)(message + GstMiniObject.HeaderSize);

    public static string ErrorText(nint message)
    {
        nint error, debug;
        gst_message_parse_error(message, &error, &debug);
        var text = GLib.TakeError(error) ?? "unknown error";
        var detail = GLib.TakeString(debug);
        return detail is null ? text : $"{text} ({detail.ReplaceLineEndings(" ")})";
    }
}
