using FADA.Realtime.Model.Runtime;
using TorchSharp;

namespace FADA.Realtime.Model.Tests.Runtime;

public class TorchRuntimeTests
{
    [Fact]
    public void Initialize_Twice_LoadsOnceAndComputes()
    {
        var first = TorchRuntime.Initialize();
        var second = TorchRuntime.Initialize();

        Assert.Same(first, second);
        using var sum = torch.ones(4).sum();
        Assert.Equal(4f, sum.item<float>());
    }
}
