namespace FADA.Realtime.Media;

/// <summary>Loads GStreamer once per process and checks that everything used here is installed.</summary>
public static class GStreamerRuntime
{
    /// <summary>Safe to call often and from several threads; everything that needs GStreamer calls it by itself.</summary>
    /// <exception cref="MediaException">A library or element is missing; the message names the Debian package.</exception>
    public static void Initialize() => throw new NotImplementedException();

    /// <summary>Such as "GStreamer 1.22.0".</summary>
    public static string Version => throw new NotImplementedException();
}
