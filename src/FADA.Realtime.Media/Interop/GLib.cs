using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>glib: memory and errors.</summary>
internal static unsafe partial class GLib
{
    [LibraryImport(NativeLibraries.GLib)]
    private static partial void g_free(nint memory);

    [LibraryImport(NativeLibraries.GLib)]
    private static partial void g_error_free(nint error);

    /// <summary>Copies a string that glib gave away, and frees it.</summary>
    public static string? TakeString(nint text)
    {
        if (text == 0)
            return null;
        var copy = Marshal.PtrToStringUTF8(text);
        g_free(text);
        return copy;
    }

    /// <summary>The message of a GError; frees the error.</summary>
    public static string? TakeError(nint error)
    {
        if (error == 0)
            return null;
        var message = ErrorMessage(error);
        g_error_free(error);
        return message;
    }

    /// <summary>The message of a GError that stays with its owner.</summary>
    public static string? ErrorMessage(nint error) =>
        error == 0 ? null : Marshal.PtrToStringUTF8(((NativeError*)error)->Message);

    [StructLayout(LayoutKind.Sequential)]
    private struct NativeError
    {
        public uint Domain;
        public int Code;
        public nint Message;
    }
}
