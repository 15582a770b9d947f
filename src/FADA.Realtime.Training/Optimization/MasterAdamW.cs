using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Optimization;

/// <summary>
/// AdamW (Loshchilov and Hutter 2019) with fp32 master weights for parameters kept in bf16, global gradient-norm
/// clipping, and an exponential moving average of the weights.
/// </summary>
public sealed class MasterAdamW : IDisposable
{
    private readonly List<Slot> _slots;
    private readonly AdamWOptions _options;

    public MasterAdamW(IEnumerable<(string Name, Parameter Parameter)> parameters, AdamWOptions options)
    {
        _options = options;
        using var _ = no_grad();
        _slots = parameters.Where(p => p.Parameter.requires_grad).Select(p => new Slot(p.Name, p.Parameter)).ToList();
    }

    /// <summary>Steps taken so far.</summary>
    public long Step { get; private set; }

    /// <summary>Applies the gradients and clears them.</summary>
    /// <param name="learningRate">Learning rate of this step.</param>
    /// <returns>The gradient norm before clipping; a step whose norm is not finite is skipped.</returns>
    public float Apply(double learningRate)
    {
        using var _ = no_grad();
        using var scope = NewDisposeScope();
        var used = _slots.Where(s => s.Parameter.grad is not null).ToList();
        var norm = stack(used.Select(s => s.Parameter.grad!.to(ScalarType.Float32).square().sum())).sum().sqrt().item<float>();
        if (!float.IsFinite(norm))
        {
            used.ForEach(s => s.Parameter.grad = null);
            return norm;
        }
        Step++;
        var clip = Math.Min(1.0, _options.MaxNorm / (norm + 1e-6));
        var correction1 = 1 - Math.Pow(_options.Beta1, Step);
        var correction2 = 1 - Math.Pow(_options.Beta2, Step);
        var decay = Math.Min(_options.EmaDecay, (1.0 + Step) / (10 + Step));
        foreach (var slot in used)
        {
            using var inner = NewDisposeScope();
            var g = slot.Parameter.grad!.to(ScalarType.Float32).mul(clip);
            slot.M.mul_(_options.Beta1).add_(g, alpha: 1 - _options.Beta1);
            slot.V.mul_(_options.Beta2).addcmul_(g, g, 1 - _options.Beta2);
            if (slot.Master.dim() > 1)
                slot.Master.mul_(1 - learningRate * _options.WeightDecay);
            var denominator = slot.V.div(correction2).sqrt_().add_(1e-8);
            slot.Master.addcdiv_(slot.M, denominator, -learningRate / correction1);
            slot.Ema.mul_(decay).add_(slot.Master, alpha: 1 - decay);
            slot.Parameter.copy_(slot.Master);
            slot.Parameter.grad = null;
        }
        return norm;
    }

    /// <summary>Everything needed to go on: masters, both moments, averages; names carry the prefix.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> State(string prefix) => _slots.SelectMany(s => new[]
    {
        ($"{prefix}master.{s.Name}", s.Master), ($"{prefix}m.{s.Name}", s.M), ($"{prefix}v.{s.Name}", s.V), ($"{prefix}ema.{s.Name}", s.Ema),
    });

    /// <summary>The averaged weights, under the parameters' own names.</summary>
    public IEnumerable<(string Name, Tensor Tensor)> Averages() => _slots.Select(s => (s.Name, s.Ema));

    /// <summary>Restores <see cref="State"/> and writes the masters into the parameters.</summary>
    public void Restore(Func<string, Tensor> read, string prefix, long step)
    {
        using var _ = no_grad();
        foreach (var slot in _slots)
        {
            using var scope = NewDisposeScope();
            slot.Master.copy_(read($"{prefix}master.{slot.Name}"));
            slot.M.copy_(read($"{prefix}m.{slot.Name}"));
            slot.V.copy_(read($"{prefix}v.{slot.Name}"));
            slot.Ema.copy_(read($"{prefix}ema.{slot.Name}"));
            slot.Parameter.copy_(slot.Master);
        }
        Step = step;
    }

    /// <summary>Runs <paramref name="action"/> with the averaged weights in place, then puts the trained ones back.</summary>
    public void WithAverages(Action action)
    {
        Copy(s => s.Ema);
        try
        {
            action();
        }
        finally
        {
            Copy(s => s.Master);
        }
    }

    public void Dispose() => _slots.ForEach(s => s.Dispose());

    private void Copy(Func<Slot, Tensor> from)
    {
        using var _ = no_grad();
        foreach (var slot in _slots)
            slot.Parameter.copy_(from(slot));
    }

    private sealed class Slot : IDisposable
    {
        public Slot(string name, Parameter parameter)
        {
            (Name, Parameter) = (name, parameter);
            Master = parameter.detach().to(ScalarType.Float32).clone().DetachFromDisposeScope();
            M = zeros_like(Master).DetachFromDisposeScope();
            V = zeros_like(Master).DetachFromDisposeScope();
            Ema = Master.clone().DetachFromDisposeScope();
        }

        public string Name { get; }
        public Parameter Parameter { get; }
        public Tensor Master { get; }
        public Tensor M { get; }
        public Tensor V { get; }
        public Tensor Ema { get; }

        public void Dispose()
        {
            Master.Dispose();
            M.Dispose();
            V.Dispose();
            Ema.Dispose();
        }
    }
}
