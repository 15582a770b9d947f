using FADA.Realtime.Model.Backend;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Backend;

public sealed class HostTransferTests : TorchTest
{
    private readonly List<string> _log = [];
    private int _waits;

    [Fact]
    public void ToHost_OfAStridedTensor_GivesItsValuesAndWaitsForThem()
    {
        using var transfer = Create();
        var tensor = arange(6, ScalarType.Float32).view(2, 3).t();

        using var copy = transfer.ToHost(tensor);

        Assert.Equal([0f, 3, 1, 4, 2, 5], copy.Tensor.data<float>().ToArray());
        Assert.Equal(1, _waits);
    }

    [Fact]
    public void ToHost_WhileACopyIsInUse_TakesOtherMemoryAndThenTheSameAgain()
    {
        using var transfer = Create();

        var first = transfer.ToHost(zeros(3));
        var second = transfer.ToHost(ones(3));
        Assert.Equal((0f, 1f), (first.Tensor[0].item<float>(), second.Tensor[0].item<float>()));
        var memory = first.Tensor;
        first.Dispose();
        first.Dispose();
        using var third = transfer.ToHost(full(3, 2f));
        using var fourth = transfer.ToHost(full(3, 4f));

        Assert.Same(memory, third.Tensor);
        Assert.NotSame(third.Tensor, fourth.Tensor);
        second.Dispose();
    }

    [Fact]
    public void ToHost_WithOtherShapes_KeepsABoundedNumberOfBuffers()
    {
        using var transfer = Create();
        var buffers = Enumerable.Range(1, 40).Select(n =>
        {
            using var copy = transfer.ToHost(zeros(n));
            return copy.Tensor;
        }).ToList();

        Assert.Equal(16, buffers.Count(b => !b.IsInvalid));
        transfer.Dispose();
        Assert.All(buffers, b => Assert.True(b.IsInvalid));
    }

    [Fact]
    public void ToHost_WhereNoMemoryCanBeLocked_CopiesAllTheSameAndSaysSoOnce()
    {
        using var transfer = new PinnedHostTransfer(_ => throw new InvalidOperationException("no driver\nat once"), () => { }, _log.Add);

        using var first = transfer.ToHost(ones(2));
        using var second = transfer.ToHost(ones(3));

        Assert.Equal(3f, second.Tensor.sum().item<float>());
        Assert.EndsWith("no driver", Assert.Single(_log), StringComparison.Ordinal);
    }

    [Fact]
    public void ToHost_WhereWaitingFails_ThrowsAndDoesNotUseTheBufferAgain()
    {
        var pinned = new List<Tensor>();
        using var transfer = new PinnedHostTransfer(
            t =>
            {
                pinned.Add(t.clone());
                return pinned[^1];
            },
            () => throw new CudaGraphException("the device is gone"), _log.Add);

        Assert.Throws<CudaGraphException>(() => transfer.ToHost(ones(2)));
        Assert.Throws<CudaGraphException>(() => transfer.ToHost(ones(2)));

        Assert.Equal(2, pinned.Count);
        Assert.All(pinned, t => Assert.True(t.IsInvalid));
    }

    [Fact]
    public void Run_OfTheEagerBackend_AllocatesNothingItself()
    {
        using var backend = new EagerBackend(CPU);
        IReadOnlyList<Tensor> inputs = [];
        Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body = x => x;
        backend.Run(default, inputs, body);

        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            backend.Run(default, inputs, body);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Equal(101, backend.Use.EagerRuns);
    }

    private PinnedHostTransfer Create() => new(t => t.clone(), () => _waits++, _log.Add);
}
