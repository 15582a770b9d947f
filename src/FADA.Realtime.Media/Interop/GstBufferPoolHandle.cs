using System.Runtime.InteropServices;

namespace FADA.Realtime.Media.Interop;

/// <summary>
/// A bounded pool of equal buffers: raw pictures are large enough for malloc to map and unmap fresh pages every time,
/// and page faults cost more than the copy.
/// </summary>
internal sealed unsafe partial class GstBufferPoolHandle : IDisposable
{
    private const uint DoNotWait = 1u << 1;
    private readonly GstObjectHandle _pool;

    public GstBufferPoolHandle(int size, int maximum)
    {
        _pool = new GstObjectHandle(gst_buffer_pool_new());
        var config = gst_buffer_pool_get_config(_pool.Pointer);
        gst_buffer_pool_config_set_params(config, 0, (uint)size, 0, (uint)maximum);
        if (gst_buffer_pool_set_config(_pool.Pointer, config) == 0 || gst_buffer_pool_set_active(_pool.Pointer, 1) == 0)
            throw new MediaException("GStreamer cannot make a buffer pool.");
    }

    /// <summary>A free buffer, or 0 when all are in use.</summary>
    public nint TryAcquire()
    {
        var parameters = new AcquireParameters { Flags = DoNotWait };
        nint buffer;
        return gst_buffer_pool_acquire_buffer(_pool.Pointer, &buffer, &parameters) == 0 ? buffer : 0;
    }

    public void Dispose()
    {
        if (_pool.IsClosed)
            return;
        _ = gst_buffer_pool_set_active(_pool.Pointer, 0);
        _pool.Dispose();
    }

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_buffer_pool_new();

    [LibraryImport(NativeLibraries.Gst)]
    private static partial nint gst_buffer_pool_get_config(nint pool);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial void gst_buffer_pool_config_set_params(nint config, nint caps, uint size, uint minimum, uint maximum);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial int gst_buffer_pool_set_config(nint pool, nint config);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial int gst_buffer_pool_set_active(nint pool, int active);

    [LibraryImport(NativeLibraries.Gst)]
    private static partial int gst_buffer_pool_acquire_buffer(nint pool, nint* buffer, AcquireParameters* parameters);

    [StructLayout(LayoutKind.Sequential)]
    private struct AcquireParameters
    {
        public int Format;
        public long Start;
        public long Stop;
        public uint Flags;
        public nint Reserved0, Reserved1, Reserved2, Reserved3;
    }
}
