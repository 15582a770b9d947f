namespace FADA.Realtime.Media.Interop;

/// <summary>Sonames as Debian and Ubuntu install them; no -dev package is needed.</summary>
internal static class NativeLibraries
{
    public const string GLib = "libglib-2.0.so.0";
    public const string GObject = "libgobject-2.0.so.0";
    public const string Gst = "libgstreamer-1.0.so.0";
    public const string GstApp = "libgstapp-1.0.so.0";
    public const string GstVideo = "libgstvideo-1.0.so.0";
    public const string GstSdp = "libgstsdp-1.0.so.0";
    public const string GstWebRtc = "libgstwebrtc-1.0.so.0";
}
