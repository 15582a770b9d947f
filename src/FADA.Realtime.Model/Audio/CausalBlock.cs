using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.Audio;

/// <summary>Residual block over time: layer norm, causal dilated convolution of kernel 3, gated output.</summary>
internal sealed class CausalBlock : Module<Tensor, Tensor>
{
    private readonly LayerNorm norm;
    private readonly Conv1d conv;
    private readonly Linear project;
    private readonly int _dilation;
    private readonly double _dropout;

    public CausalBlock(int width, int dilation, double dropout) : base(nameof(CausalBlock))
    {
        (_dilation, _dropout) = (dilation, dropout);
        norm = LayerNorm(width);
        conv = Conv1d(width, width * 2, 3, dilation: dilation);
        project = Linear(width, width);
        RegisterComponents();
    }

    /// <param name="x">(B, T, W)</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        var h = functional.pad(norm.call(x).transpose(1, 2), [2 * _dilation, 0]);        // (B, W, T + 2 d)
        h = functional.glu(conv.call(h), 1).transpose(1, 2);                             // (B, T, W)
        return (x + project.call(functional.dropout(functional.gelu(h), _dropout, training))).MoveToOuterDisposeScope();
    }
}
