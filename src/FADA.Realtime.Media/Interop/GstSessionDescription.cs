using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>An SDP with its role, as webrtcbin takes and gives it.</summary>
internal sealed unsafe partial class GstSessionDescription : SafeHandle
{
    private const int Offer = 1;
    private const int Answer = 3;

    private GstSessionDescription(nint description) : base(0, ownsHandle: true) => SetHandle(description);

    public override bool IsInvalid => handle == 0;

    public nint Pointer => handle;

    public static nuint Type => gst_webrtc_session_description_get_type();

    public static GstSessionDescription ParseOffer(string sdp) => Parse(sdp, Offer);

    public static GstSessionDescription ParseAnswer(string sdp) => Parse(sdp, Answer);

    /// <summary>The SDP of a borrowed description.</summary>
    public static string TextOf(nint description) =>
        description == 0
            ? throw new MediaException("WebRTC gave no session description.")
            : GLib.TakeString(gst_sdp_message_as_text(((NativeDescription*)description)->Sdp))!;

    protected override bool ReleaseHandle()
    {
        gst_webrtc_session_description_free(handle); // frees the SDP with it
        return true;
    }

    private static GstSessionDescription Parse(string sdp, int role)
    {
        nint message;
        return gst_sdp_message_new_from_text(sdp, &message) == 0
            ? new GstSessionDescription(gst_webrtc_session_description_new(role, message))
            : throw new MediaException("GStreamer does not understand the SDP.");
    }

    [LibraryImport(NativeLibraries.GstSdp, StringMarshalling = StringMarshalling.Utf8)]
    private static partial int gst_sdp_message_new_from_text(string text, nint* message);

    [LibraryImport(NativeLibraries.GstSdp)]
    private static partial nint gst_sdp_message_as_text(nint message);

    [LibraryImport(NativeLibraries.GstWebRtc)]
    private static partial nuint gst_webrtc_session_description_get_type();

    [LibraryImport(NativeLibraries.GstWebRtc)]
    private static partial nint gst_webrtc_session_description_new(int type, nint takenSdp);

    [LibraryImport(NativeLibraries.GstWebRtc)]
    private static partial void gst_webrtc_session_description_free(nint description);

    [StructLayout(LayoutKind.Sequential)]
    private struct NativeDescription
    {
        public int Type;
        public nint Sdp;
    }
}
