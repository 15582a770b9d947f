using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Adds sinusoidal positions (Vaswani et al. 2017); a table that checkpoints carry along.</summary>
internal sealed class PositionalEncoding : Module<Tensor, Tensor>
{
    private readonly Tensor pe;

    public PositionalEncoding(TensorPlace place, long width, long positions) : base(nameof(PositionalEncoding))
    {
        pe = zeros([1, positions, width], place.Type, place.Device);
        RegisterComponents();
    }

    /// <param name="x">(N, T, C), T at most the number of positions.</param>
    public override Tensor forward(Tensor x) => x + pe.narrow(1, 0, x.shape[1]);
}
