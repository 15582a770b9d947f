using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>y = x W' + b over the last axis.</summary>
internal sealed class LinearLayer : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter? bias;

    public LinearLayer(TensorPlace place, long input, long output, bool hasBias = true) : base(nameof(LinearLayer))
    {
        weight = place.Parameter(output, input);
        bias = hasBias ? place.Parameter(output) : null;
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => functional.linear(x, weight, bias);
}
