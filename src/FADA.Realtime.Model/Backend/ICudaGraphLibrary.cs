namespace FADA.Realtime.Model.Backend;

/// <summary>
/// The calls of libtorch that TorchSharp does not have. Streams and captures belong to the thread that calls. Every call
/// throws <see cref="CudaGraphException"/> where libtorch does.
/// </summary>
internal interface ICudaGraphLibrary
{
    /// <summary>Makes an empty graph; pair with <see cref="Destroy"/>.</summary>
    nint Create();

    /// <summary>Frees a graph; after <see cref="Reset"/>, which may fail where a destructor may not.</summary>
    void Destroy(nint graph);

    /// <summary>A stream that does not wait for the default one.</summary>
    CudaStream StreamFromPool(int device);

    CudaStream CurrentStream(int device);

    void SetStream(CudaStream stream);

    /// <summary>From here on the current stream records instead of running; memory comes from the graph's own pool.</summary>
    void CaptureBegin(nint graph);

    void CaptureEnd(nint graph);

    /// <summary>Launches the graph on the current stream.</summary>
    void Replay(nint graph);

    /// <summary>Frees what was captured.</summary>
    void Reset(nint graph);

    /// <summary>Waits for all streams of the device; not allowed while any of them captures.</summary>
    void Synchronize(int device);
}
