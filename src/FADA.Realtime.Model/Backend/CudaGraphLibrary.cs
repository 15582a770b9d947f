using System.Runtime.InteropServices;
using System.Text;
using FADA.Realtime.Model.Runtime;
using TorchSharp;

namespace FADA.Realtime.Model.Backend;

/// <summary>
/// <see cref="ICudaGraphLibrary"/> through native/cuda-graph-shim, which finds libtorch's functions by their mangled names
/// and turns its C++ exceptions into error codes.
/// </summary>
internal sealed unsafe class CudaGraphLibrary : ICudaGraphLibrary
{
    /// <summary>Of the interface between this class and the shim.</summary>
    public const int Version = 1;

    public const string FileName = "libfada-cuda-graph.so";
    private const int MessageSize = 1024;
    private readonly delegate* unmanaged[Cdecl]<nint*, byte*, int, int> _create;
    private readonly delegate* unmanaged[Cdecl]<nint, byte*, int, int> _destroy, _begin, _end, _replay, _reset;
    private readonly delegate* unmanaged[Cdecl]<int, CudaStream*, byte*, int, int> _pool, _current;
    private readonly delegate* unmanaged[Cdecl]<CudaStream, byte*, int, int> _set;
    private readonly Action<int> _synchronize;

    private CudaGraphLibrary(nint shim, Action<int> synchronize)
    {
        _synchronize = synchronize;
        _create = (delegate* unmanaged[Cdecl]<nint*, byte*, int, int>)Export(shim, "fada_graph_create");
        _destroy = (delegate* unmanaged[Cdecl]<nint, byte*, int, int>)Export(shim, "fada_graph_destroy");
        _begin = (delegate* unmanaged[Cdecl]<nint, byte*, int, int>)Export(shim, "fada_graph_capture_begin");
        _end = (delegate* unmanaged[Cdecl]<nint, byte*, int, int>)Export(shim, "fada_graph_capture_end");
        _replay = (delegate* unmanaged[Cdecl]<nint, byte*, int, int>)Export(shim, "fada_graph_replay");
        _reset = (delegate* unmanaged[Cdecl]<nint, byte*, int, int>)Export(shim, "fada_graph_reset");
        _pool = (delegate* unmanaged[Cdecl]<int, CudaStream*, byte*, int, int>)Export(shim, "fada_stream_from_pool");
        _current = (delegate* unmanaged[Cdecl]<int, CudaStream*, byte*, int, int>)Export(shim, "fada_stream_current");
        _set = (delegate* unmanaged[Cdecl]<CudaStream, byte*, int, int>)Export(shim, "fada_stream_set");
    }

    /// <summary>The shim beside the program and the libtorch of this process; null where it cannot be used.</summary>
    /// <param name="reason">Why, as a clause; null where it can.</param>
    public static CudaGraphLibrary? TryOpen(out string? reason)
    {
        return TryOpen(NativeFiles.PathOf(FileName), NativeFiles.PathOf("libtorch_cuda.so"), NativeFiles.PathOf("libc10_cuda.so"),
            index => torch.cuda.synchronize(torch.device(DeviceType.CUDA, index)), out reason);
    }

    /// <param name="torch">Path of libtorch_cuda.so.</param>
    /// <param name="c10">Path of libc10_cuda.so.</param>
    /// <param name="synchronize">Waits for a device; TorchSharp has that itself.</param>
    internal static CudaGraphLibrary? TryOpen(string shim, string torch, string c10, Action<int> synchronize, out string? reason)
    {
        if (!File.Exists(shim))
        {
            reason = $"{shim} is not there; scripts/build-cuda-shim makes it where g++ and libtorch for CUDA are";
            return null;
        }
        if (!NativeLibrary.TryLoad(shim, out var library))
        {
            reason = $"{shim} could not be loaded";
            return null;
        }
        try
        {
            var version = ((delegate* unmanaged[Cdecl]<int>)Export(library, "fada_graph_version"))();
            if (version != Version)
            {
                reason = $"{shim} has version {version} of its interface and this program needs {Version}; run scripts/build-cuda-shim again";
                return null;
            }
            Load((delegate* unmanaged[Cdecl]<byte*, byte*, byte*, int, int>)Export(library, "fada_graph_load"), torch, c10);
            reason = null;
            return new CudaGraphLibrary(library, synchronize);
        }
        catch (Exception e) when (e is CudaGraphException or EntryPointNotFoundException)
        {
            reason = e.Message;
            return null;
        }
    }

    public nint Create()
    {
        nint graph = 0;
        var message = stackalloc byte[MessageSize];
        Check(_create(&graph, message, MessageSize), message);
        return graph;
    }

    public void Destroy(nint graph) => Call(_destroy, graph);

    public CudaStream StreamFromPool(int device) => Ask(_pool, device);

    public CudaStream CurrentStream(int device) => Ask(_current, device);

    public void SetStream(CudaStream stream)
    {
        var message = stackalloc byte[MessageSize];
        Check(_set(stream, message, MessageSize), message);
    }

    public void CaptureBegin(nint graph) => Call(_begin, graph);

    public void CaptureEnd(nint graph) => Call(_end, graph);

    public void Replay(nint graph) => Call(_replay, graph);

    public void Reset(nint graph) => Call(_reset, graph);

    public void Synchronize(int device)
    {
        try
        {
            _synchronize(device);
        }
        catch (ExternalException e)
        {
            throw new CudaGraphException(e.Message.Split('\n')[0], e);
        }
    }

    private static void Load(delegate* unmanaged[Cdecl]<byte*, byte*, byte*, int, int> load, string torch, string c10)
    {
        var message = stackalloc byte[MessageSize];
        fixed (byte* first = Encoding.UTF8.GetBytes(torch + '\0'), second = Encoding.UTF8.GetBytes(c10 + '\0'))
            Check(load(first, second, message, MessageSize), message);
    }

    private static nint Export(nint library, string name) => NativeLibrary.GetExport(library, name);

    private static void Call(delegate* unmanaged[Cdecl]<nint, byte*, int, int> function, nint graph)
    {
        var message = stackalloc byte[MessageSize];
        Check(function(graph, message, MessageSize), message);
    }

    private static CudaStream Ask(delegate* unmanaged[Cdecl]<int, CudaStream*, byte*, int, int> function, int device)
    {
        CudaStream stream = default;
        var message = stackalloc byte[MessageSize];
        Check(function(device, &stream, message, MessageSize), message);
        return stream;
    }

    private static void Check(int answer, byte* message)
    {
        if (answer != 0)
            throw new CudaGraphException(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(message)));
    }
}
