using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>Elements, bins and pads: plain imports on borrowed pointers.</summary>
internal static unsafe partial class GstElement
{
    public const int StateNull = 1;
    public const int StatePlaying = 4;

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_parse_launch", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint ParseLaunch(string description, nint* error);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_element_factory_find", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint FindFactory(string name);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_bin_get_by_name", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetByName(nint bin, string name);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_bin_recalculate_latency")]
    public static partial int RecalculateLatency(GstObjectHandle bin);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_element_get_static_pad", StringMarshalling = StringMarshalling.Utf8)]
    public static partial nint GetStaticPad(nint element, string name);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_element_set_state")]
    public static partial int SetState(nint element, int state);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_element_set_base_time")]
    public static partial void SetBaseTime(nint element, ulong time);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_element_set_start_time")]
    public static partial void SetStartTime(nint element, ulong time);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_element_send_event")]
    public static partial int SendEvent(nint element, nint takenEvent);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_pipeline_use_clock")]
    public static partial void UseClock(nint pipeline, nint clock);

    [LibraryImport(NativeLibraries.Gst, EntryPoint = "gst_element_get_bus")]
    public static partial nint GetBus(nint element);
}
