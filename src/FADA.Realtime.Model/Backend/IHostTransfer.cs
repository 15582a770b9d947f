using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>Brings results to the host. Safe to call from several threads.</summary>
public interface IHostTransfer : IDisposable
{
    /// <summary>The tensor's values on the host, complete when the call returns.</summary>
    HostCopy ToHost(Tensor tensor);
}
