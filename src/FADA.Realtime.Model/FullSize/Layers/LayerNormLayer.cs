using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Normalisation over the last axis, eps 1e-5.</summary>
internal sealed class LayerNormLayer : Module<Tensor, Tensor>
{
    private readonly Parameter weight, bias;
    private readonly long[] _shape;

    public LayerNormLayer(TensorPlace place, long channels) : base(nameof(LayerNormLayer))
    {
        (weight, bias, _shape) = (place.Parameter(channels), place.Parameter(channels), [channels]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => functional.layer_norm(x, _shape, weight, bias, 1e-5);
}
