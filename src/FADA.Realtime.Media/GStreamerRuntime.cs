using System.Runtime.InteropServices;
using FADA.Realtime.Media.Interop;

namespace FADA.Realtime.Media;

/// <summary>Loads GStreamer once per process and checks that everything used here is installed.</summary>
public static unsafe partial class GStreamerRuntime
{
    private static readonly (string Library, string Package)[] Libraries =
    [
        (NativeLibraries.GLib, "libglib2.0-0"),
        (NativeLibraries.GObject, "libglib2.0-0"),
        (NativeLibraries.Gst, "libgstreamer1.0-0"),
        (NativeLibraries.GstApp, "gstreamer1.0-plugins-base"),
        (NativeLibraries.GstVideo, "gstreamer1.0-plugins-base"),
        (NativeLibraries.GstSdp, "gstreamer1.0-plugins-base"),
        (NativeLibraries.GstWebRtc, "gstreamer1.0-plugins-bad"),
    ];

    private static readonly (string Element, string Package)[] Elements =
    [
        ("appsrc", "gstreamer1.0-plugins-base"),
        ("audioconvert", "gstreamer1.0-plugins-base"),
        ("audioresample", "gstreamer1.0-plugins-base"),
        ("opusenc", "gstreamer1.0-plugins-base"),
        ("opusdec", "gstreamer1.0-plugins-base"),
        ("vp8enc", "gstreamer1.0-plugins-good"),
        ("rtpbin", "gstreamer1.0-plugins-good"),
        ("rtpvp8pay", "gstreamer1.0-plugins-good"),
        ("rtpopuspay", "gstreamer1.0-plugins-good"),
        ("dtlssrtpenc", "gstreamer1.0-plugins-bad"),
        ("srtpenc", "gstreamer1.0-plugins-bad"),
        ("webrtcbin", "gstreamer1.0-plugins-bad"),
        ("nicesrc", "gstreamer1.0-nice"),
    ];

    private static readonly Lazy<string> Loaded = new(Load);

    /// <summary>Such as "GStreamer 1.22.0".</summary>
    /// <exception cref="MediaException">As for <see cref="Initialize"/>.</exception>
    public static string Version => Loaded.Value;

    /// <summary>Safe to call often and from several threads; everything that needs GStreamer calls it by itself.</summary>
    /// <exception cref="MediaException">A library or element is missing; the message names the Debian package.</exception>
    public static void Initialize() => _ = Loaded.Value;

    /// <summary>Throws unless an element that is needed only sometimes is there.</summary>
    internal static void Require(string element, string package)
    {
        Initialize();
        var factory = GstElement.FindFactory(element);
        if (factory == 0)
            throw new MediaException($"GStreamer lacks the element '{element}': install the Debian package {package}.");
        new GstObjectHandle(factory).Dispose();
    }

    private static string Load()
    {
        foreach (var (library, package) in Libraries)
        {
            if (!NativeLibrary.TryLoad(library, out _))
                throw new MediaException($"The library {library} is missing: install the Debian package {package}.");
        }
        nint error = 0;
        if (gst_init_check(0, 0, &error) == 0)
            throw new MediaException($"GStreamer does not start: {GLib.TakeError(error) ?? "no reason given"}");
        foreach (var (element, package) in Elements)
        {
            var factory = GstElement.FindFactory(element);
            if (factory == 0)
                throw new MediaException($"GStreamer lacks the element '{element}': install the Debian package {package}.");
            new GstObjectHandle(factory).Dispose();
        }
        return GLib.TakeString(gst_version_string())!;
    }

    [LibraryImport(NativeLibraries.Gst)]
    private static partial int gst_init_check(nint argc, nint argv, nint* error);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_version_string();
}
