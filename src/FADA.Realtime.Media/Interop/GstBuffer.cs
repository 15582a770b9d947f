using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>Buffers and samples. Times are nanoseconds; <see cref="NoTime"/> stands for none.</summary>
internal static unsafe partial class GstBuffer
{
    public const ulong NoTime = ulong.MaxValue;

    private const uint DeltaUnit = 1u << 13;

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_buffer_new_allocate(nint allocator, nuint size, nint parameters);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nuint gst_buffer_fill(nint buffer, nuint offset, void* source, nuint size);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nuint gst_buffer_extract(nint buffer, nuint offset, void* destination, nuint size);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nuint gst_buffer_get_size(nint buffer);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial uint gst_buffer_get_flags(nint buffer);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial int gst_buffer_set_flags(nint buffer, uint flags);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_sample_get_buffer(nint sample);

    /// <summary>A new buffer with a copy of the data; the caller owns it.</summary>
    public static nint Create(ReadOnlySpan<byte> data, ulong pts, ulong duration, bool isKeyFrame = true)
    {
        var buffer = gst_buffer_new_allocate(0, (nuint)data.Length, 0);
        if (buffer == 0)
            throw new MediaException("GStreamer cannot allocate a buffer.");
        Fill(buffer, data, pts, duration);
        if (!isKeyFrame)
            _ = gst_buffer_set_flags(buffer, DeltaUnit);
        return buffer;
    }

    public static void Fill(nint buffer, ReadOnlySpan<byte> data, ulong pts, ulong duration)
    {
        fixed (byte* source = data)
            gst_buffer_fill(buffer, 0, source, (nuint)data.Length);
        ref var times = ref Times(buffer);
        times.Pts = pts;
        times.Dts = NoTime;
        times.Duration = duration;
    }

    public static byte[] ToArray(nint buffer)
    {
        var data = GC.AllocateUninitializedArray<byte>((int)gst_buffer_get_size(buffer));
        fixed (byte* destination = data)
            gst_buffer_extract(buffer, 0, destination, (nuint)data.Length);
        return data;
    }

    public static int Size(nint buffer) => (int)gst_buffer_get_size(buffer);

    /// <summary>Copies from the start of the buffer.</summary>
    public static void CopyTo(nint buffer, Span<byte> destination)
    {
        fixed (byte* target = destination)
            gst_buffer_extract(buffer, 0, target, (nuint)destination.Length);
    }

    public static bool IsKeyFrame(nint buffer) => (gst_buffer_get_flags(buffer) & DeltaUnit) == 0;

    public static ulong Pts(nint buffer) => Times(buffer).Pts;

    public static ulong Duration(nint buffer) => Times(buffer).Duration;

    /// <summary>The buffer inside a sample, borrowed.</summary>
    public static nint OfSample(nint sample) => gst_sample_get_buffer(sample);

    // The public start of struct _GstBuffer: mini object header, pool pointer, then these.
    private static ref BufferTimes Times(nint buffer) =>
        ref Unsafe.AsRef<BufferTimes>((void*)(buffer + GstMiniObject.HeaderSize + sizeof(nint)));

    [StructLayout(LayoutKind.Sequential)]
    private struct BufferTimes
    {
        public ulong Pts;
        public ulong Dts;
        public ulong Duration;
    }
}
