using FADA.Realtime.Model.Backend;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Backend;

/// <summary>
/// libtorch's graphs without a GPU. Records every call and fails where it is told to. As on a device, what is computed
/// during a capture is worth nothing (it becomes NaN) until a replay, and a replay sees nothing but the captured tensors.
/// </summary>
internal sealed class FakeCudaGraphLibrary : ICudaGraphLibrary
{
    public static readonly CudaStream Default = new(1, 0, 0);
    private readonly Lock _gate = new();
    private readonly ThreadLocal<CudaStream> _current = new(() => Default);
    private readonly Dictionary<nint, List<(Action Fill, Action Run)>> _graphs = [];
    private readonly Dictionary<string, int> _counts = [];
    private nint _last;
    private nint _capturing;
    private int _capturingThread;
    private CudaStream _lastSet = Default;

    /// <summary>Which call fails ("create", "pool", ...); null: none.</summary>
    public string? FailAt { get; init; }

    /// <summary>The first of its calls that fails, from 1.</summary>
    public int FailFrom { get; init; } = 1;

    /// <summary>How many of its calls fail.</summary>
    public int FailTimes { get; init; } = int.MaxValue;

    public int Created { get; private set; }

    /// <summary>Asked for, be it in vain.</summary>
    public int Destroyed { get; private set; }

    /// <summary>The stream that the device's thread was left on.</summary>
    public CudaStream Left => _lastSet;

    public bool IsCapturing => _capturing != 0 && Environment.CurrentManagedThreadId == _capturingThread;

    public int CountOf(string call) => _counts.GetValueOrDefault(call);

    /// <summary>The body, made so that a replay runs it again on what it was captured with.</summary>
    public Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> Record(Func<IReadOnlyList<Tensor>, IReadOnlyList<Tensor>> body) => inputs =>
    {
        var outputs = body(inputs);
        if (!IsCapturing)
            return outputs;
        _graphs[_capturing].Add((Fill, Replay));
        return outputs;

        void Fill()
        {
            using var _ = no_grad();
            foreach (var output in outputs)
                output.fill_(float.NaN);
        }

        void Replay()
        {
            using var scope = NewDisposeScope();
            foreach (var (output, value) in outputs.Zip(body(inputs)))
                output.copy_(value);
        }
    };

    public nint Create()
    {
        Count("create");
        lock (_gate)
        {
            Created++;
            _graphs[++_last] = [];
            return _last;
        }
    }

    public void Destroy(nint graph)
    {
        Destroyed++;
        Count("destroy");
        if (!_graphs.Remove(graph))
            throw new InvalidOperationException($"graph {graph} is destroyed twice");
    }

    public CudaStream StreamFromPool(int device)
    {
        Count("pool");
        return new CudaStream(1, (sbyte)device, 7);
    }

    public CudaStream CurrentStream(int device)
    {
        Count("current");
        return _current.Value;
    }

    public void SetStream(CudaStream stream)
    {
        Count("set");
        _current.Value = _lastSet = stream;
    }

    public void CaptureBegin(nint graph)
    {
        Count("begin");
        if (_current.Value == Default)
            throw new CudaGraphException("CUDA graphs must be captured on a non-default stream.");
        (_capturing, _capturingThread) = (graph, Environment.CurrentManagedThreadId);
    }

    public void CaptureEnd(nint graph)
    {
        _capturing = 0;
        Count("end");
        foreach (var (fill, _) in _graphs[graph])
            fill();
    }

    public void Replay(nint graph)
    {
        Count("replay");
        if (_current.Value != Default)
            throw new CudaGraphException("replayed on another stream than its inputs are written on");
        foreach (var (_, run) in _graphs[graph])
            run();
    }

    public void Reset(nint graph) => Count("reset");

    public void Synchronize(int device)
    {
        if (_capturing != 0)
            throw new CudaGraphException("operation not permitted when stream is capturing");
        Count("synchronize");
    }

    private void Count(string call)
    {
        int count;
        lock (_gate)
            count = _counts[call] = _counts.GetValueOrDefault(call) + 1;
        if (call == FailAt && count >= FailFrom && count - FailFrom < FailTimes)
            throw new CudaGraphException($"{call} was told to fail\nand a stack trace");
    }
}
