using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>One reference to a GObject that is no GstObject.</summary>
internal sealed partial class GObjectHandle : SafeHandle
{
    /// <summary>Takes over the reference.</summary>
    public GObjectHandle(nint instance) : base(0, ownsHandle: true) => SetHandle(instance);

    public override bool IsInvalid => handle == 0;

    public nint Pointer => handle;

    protected override bool ReleaseHandle()
    {
        g_object_unref(handle);
        return true;
    }

    [LibraryImport(NativeLibraries.GObject)]
    private static partial void g_object_unref(nint instance);
}
