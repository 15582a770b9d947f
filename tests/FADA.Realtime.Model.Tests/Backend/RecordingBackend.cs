using FADA.Realtime.Model.Backend;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Backend;

/// <summary>A graph backend whose bodies the fake can replay.</summary>
internal sealed class RecordingBackend(CudaGraphBackend inner, FakeCudaGraphLibrary library) : IGraphBackend
{
    public Device Device => inner.Device;

    public IHostTransfer Host => inner.Host;

    public GraphUse Use => inner.Use;

    public IReadOnlyList<Tensor> Run(GraphKey key, IReadOnlyList<Tensor> inputs, Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body) =>
        inner.Run(key, inputs, library.Record(body));

    public void Dispose() => inner.Dispose();
}
