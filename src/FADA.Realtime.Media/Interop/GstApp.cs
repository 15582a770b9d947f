using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>appsrc and appsink.</summary>
internal static unsafe partial class GstApp
{
    public const int FlowOk = 0;
    public const int FlowError = -5;

    /// <summary>Takes over the buffer, also when it is refused.</summary>
    [LibraryImport(NativeLibraries.GstApp, EntryPoint = "gst_app_src_push_buffer")]
    public static partial int Push(nint appSource, nint takenBuffer);

    /// <summary>Nothing comes after what was pushed.</summary>
    [LibraryImport(NativeLibraries.GstApp, EntryPoint = "gst_app_src_end_of_stream")]
    public static partial int EndOfStream(nint appSource);

    [LibraryImport(NativeLibraries.GstApp, EntryPoint = "gst_app_src_get_current_level_buffers")]
    public static partial ulong QueuedBuffers(nint appSource);

    [LibraryImport(NativeLibraries.GstApp, EntryPoint = "gst_app_sink_pull_sample")]
    public static partial nint PullSample(nint appSink);

    [LibraryImport(NativeLibraries.GstApp)]
    private static partial void gst_app_sink_set_callbacks(nint appSink, AppSinkCallbacks* callbacks, nint data, nint destroy);

    /// <summary>Calls back on the streaming thread for every sample.</summary>
    public static void OnSample(nint appSink, delegate* unmanaged[Cdecl]<nint, nint, int> callback, nint data)
    {
        var callbacks = new AppSinkCallbacks { NewSample = callback };
        gst_app_sink_set_callbacks(appSink, &callbacks, data, 0);
    }

    // GStreamer copies the struct with its own size: the tail leaves room for callbacks of later versions.
    [StructLayout(LayoutKind.Sequential)]
    private struct AppSinkCallbacks
    {
        public nint EndOfStream;
        public nint NewPreroll;
        public delegate* unmanaged[Cdecl]<nint, nint, int> NewSample;
        public nint Tail0, Tail1, Tail2, Tail3, Tail4, Tail5, Tail6, Tail7;
    }
}
