using FADA.Realtime.Streaming.Telemetry;

namespace FADA.Realtime.Streaming.Inference;

/// <summary>
/// The one thread that uses an inference device. Each session has a lane with at most one window waiting, so the queue
/// is bounded by the number of lanes; the window with the earliest deadline goes first. Dispose it after its sessions.
/// </summary>
public sealed class InferenceExecutor : IDisposable
{
    public InferenceExecutor(InferenceOptions options, StreamingMetrics metrics, TimeProvider time)
    {
        Options = options;
        _ = metrics;
        _ = time;
    }

    public InferenceOptions Options { get; }

    /// <summary>Sessions that hold a lane now.</summary>
    public int OpenLanes => throw new NotImplementedException();

    public void Dispose() => throw new NotImplementedException();
}
