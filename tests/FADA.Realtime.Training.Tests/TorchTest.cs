using FADA.Realtime.Model.Runtime;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Tests;

/// <summary>Base of tests that use tensors: libtorch is up, and what a test makes is freed after it.</summary>
public abstract class TorchTest : IDisposable
{
    private readonly IDisposable _scope;

    protected TorchTest()
    {
        TorchRuntime.Initialize();
        _scope = NewDisposeScope();
        random.manual_seed(1);
    }

    public virtual void Dispose()
    {
        _scope.Dispose();
        GC.SuppressFinalize(this);
    }
}
