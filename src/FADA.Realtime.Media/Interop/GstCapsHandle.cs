using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>Caps made from their text form.</summary>
internal sealed partial class GstCapsHandle : SafeHandle
{
    private GstCapsHandle(nint caps) : base(0, ownsHandle: true) => SetHandle(caps);

    public override bool IsInvalid => handle == 0;

    public nint Pointer => handle;

    public static nuint Type => gst_caps_get_type();

    public static GstCapsHandle Parse(string text)
    {
        var caps = gst_caps_from_string(text);
        return caps != 0 ? new GstCapsHandle(caps) : throw new MediaException($"GStreamer does not understand the caps '{text}'.");
    }

    /// <summary>The name and fields of the first structure of borrowed caps, such as "application/x-rtp".</summary>
    public static string? Describe(nint caps) => caps == 0 ? null : GLib.TakeString(gst_caps_to_string(caps));

    protected override bool ReleaseHandle()
    {
        GstMiniObject.Unref(handle);
        return true;
    }

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nuint gst_caps_get_type();

    [LibraryImport(NativeLibraries.Gst, StringMarshalling = StringMarshalling.Utf8)]
    private static partial nint gst_caps_from_string(string text);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_caps_to_string(nint caps);
}
