using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Group normalisation of (N, C, …), each frame on its own ("inflated" in the originals).</summary>
internal sealed class GroupNormLayer : Module<Tensor, Tensor>
{
    private readonly Parameter weight, bias;
    private readonly long _groups;
    private readonly double _eps;

    public GroupNormLayer(TensorPlace place, long groups, long channels, double eps) : base(nameof(GroupNormLayer))
    {
        (weight, bias, _groups, _eps) = (place.Parameter(channels), place.Parameter(channels), groups, eps);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => functional.group_norm(x, _groups, weight, bias, _eps);
}
