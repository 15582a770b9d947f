namespace FADA.Realtime.Media.Encoders;

/// <summary>GStreamer counts nanoseconds, .NET 100 ns ticks.</summary>
internal static class MediaTime
{
    public static ulong ToNanoseconds(TimeSpan time) => checked((ulong)time.Ticks * 100);

    public static TimeSpan FromNanoseconds(ulong time) =>
        time == Interop.GstBuffer.NoTime ? TimeSpan.Zero : TimeSpan.FromTicks((long)(time / 100));
}
