using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>For tensors that are on the host already: nothing is copied.</summary>
internal sealed class DirectHostTransfer : IHostTransfer
{
    public HostCopy ToHost(Tensor tensor) => new(tensor.contiguous(), null);

    public void Dispose()
    {
    }
}
