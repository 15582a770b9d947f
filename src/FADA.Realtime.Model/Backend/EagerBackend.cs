using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>Operator by operator, on the caller's thread. What a CPU needs, and what is left where graphs will not do.</summary>
public sealed class EagerBackend : IGraphBackend
{
    private readonly string _reason;
    private long _runs;

    /// <param name="host">Null: tensors are on the host already.</param>
    /// <param name="reason">Why there are no graphs, in a sentence.</param>
    public EagerBackend(Device device, IHostTransfer? host = null, string reason = "CUDA graphs are for CUDA devices.") =>
        (Device, Host, _reason) = (device, host ?? new DirectHostTransfer(), reason);

    public Device Device { get; }

    public IHostTransfer Host { get; }

    public GraphUse Use => new(0, 0, Interlocked.Read(ref _runs), _reason);

    public IReadOnlyList<Tensor> Run(GraphKey key, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body)
    {
        Interlocked.Increment(ref _runs);
        return body(inputs);
    }

    public void Dispose() => Host.Dispose();
}
