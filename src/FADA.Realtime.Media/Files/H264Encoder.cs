using FADA.Realtime.Media.Tools;

namespace FADA.Realtime.Media.Files;

/// <summary>
/// The H.264 encoder of the installed ffmpeg: openh264 (BSD) where it is built in, else x264, which Debian's ffmpeg has
/// (GPL, but a program of its own that is only called).
/// </summary>
internal static class H264Encoder
{
    /// <summary>The arguments that choose it.</summary>
    /// <exception cref="MediaException">ffmpeg is missing, or has neither.</exception>
    public static async Task<IReadOnlyList<string>> FindAsync(CancellationToken cancel)
    {
        await using var ffmpeg = ToolProcess.Start("ffmpeg", "ffmpeg", ["-v", "error", "-hide_banner", "-encoders"]);
        ffmpeg.Input.Close();
        using var reader = new StreamReader(ffmpeg.Output, leaveOpen: true);
        var encoders = await reader.ReadToEndAsync(cancel);
        await ffmpeg.WaitForSuccessAsync("list its encoders", cancel);
        if (encoders.Contains(" libopenh264 ", StringComparison.Ordinal))
            return ["-c:v", "libopenh264", "-b:v", "2500k"];
        if (encoders.Contains(" libx264 ", StringComparison.Ordinal))
            return ["-c:v", "libx264", "-preset", "veryfast", "-crf", "18"];
        throw new MediaException("The installed ffmpeg has no H.264 encoder (libopenh264 or libx264).");
    }
}
