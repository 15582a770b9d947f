using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>Values on the host, valid until disposed; the memory behind them may be used again then.</summary>
public sealed class HostCopy : IDisposable
{
    private Action? _release;

    internal HostCopy(Tensor tensor, Action? release) => (Tensor, _release) = (tensor, release);

    /// <summary>Contiguous, on the CPU.</summary>
    public Tensor Tensor { get; }

    public void Dispose() => Interlocked.Exchange(ref _release, null)?.Invoke();
}
