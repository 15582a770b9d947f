using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>One reference to a GstObject (element, pad, bus, clock, pool) or another GObject.</summary>
internal sealed partial class GstObjectHandle : SafeHandle
{
    /// <summary>Takes over the reference.</summary>
    public GstObjectHandle(nint instance) : base(0, ownsHandle: true) => SetHandle(instance);

    public override bool IsInvalid => handle == 0;

    /// <summary>The raw pointer, for as long as this handle is kept alive by its owner.</summary>
    public nint Pointer => handle;

    /// <summary>Sinks a floating reference, as constructors give it.</summary>
    public static GstObjectHandle Sink(nint instance) => new(gst_object_ref_sink(instance));

    protected override bool ReleaseHandle()
    {
        gst_object_unref(handle);
        return true;
    }

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_object_ref_sink(nint instance);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial void gst_object_unref(nint instance);
}
