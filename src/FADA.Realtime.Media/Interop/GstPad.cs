using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>Pads, events and probes.</summary>
internal static unsafe partial class GstPad
{
    public const int ProbeBuffer = 1 << 4;
    public const int ProbeBufferList = 1 << 5;
    public const int ProbeEventUpstream = 1 << 7;
    public const int ProbeOk = 1;

    public static nuint Type => gst_pad_get_type();

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nuint gst_pad_get_type();

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_pad_add_probe")]
    public static partial nuint AddProbe(nint pad, int mask, delegate* unmanaged[Cdecl]<nint, ProbeInfo*, nint, int> callback, nint data, nint destroy);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_pad_remove_probe")]
    public static partial void RemoveProbe(nint pad, nuint id);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_pad_send_event")]
    public static partial int SendEvent(nint pad, nint takenEvent);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial int gst_pad_get_direction(nint pad);

    public static bool IsSource(nint pad) => gst_pad_get_direction(pad) == 1;

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_pad_link")]
    public static partial int Link(nint source, nint sink);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_pad_is_linked")]
    public static partial int IsLinked(nint pad);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_pad_get_current_caps")]
    public static partial nint GetCurrentCaps(nint pad);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_event_new_stream_start", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint NewStreamStart(string streamId);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_event_new_caps")]
    public static partial nint NewCaps(nint caps);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_event_has_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial int EventHasName(nint gstEvent, string name);

    [LibraryImport(NativeLibraries.GstVideo, EntryPoint = "gst_video_event_new_upstream_force_key_unit")]
    public static partial nint NewForceKeyUnit(ulong runningTime, int allHeaders, uint count);

    /// <summary>The public start of GstPadProbeInfo.</summary>
    [StructLayout(LayoutKind.Sequential)]
    public struct ProbeInfo
    {
        public int Type;
        public nuint Id;
        public nint Data;
    }
}
