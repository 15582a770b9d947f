using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Gated feed-forward layer, four times as wide inside (GEGLU, Shazeer 2020), with the exact GELU.</summary>
internal sealed class FeedForward : Module<Tensor, Tensor>
{
    private readonly ModuleList<Module<Tensor, Tensor>> net;

    public FeedForward(TensorPlace place, long width) : base(nameof(FeedForward))
    {
        // The originals have a dropout at index 1.
        net = ModuleList<Module<Tensor, Tensor>>(new GatedProjection(place, width, 4 * width), Identity(), new LinearLayer(place, 4 * width, width));
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => net[2].call(net[0].call(x));

    private sealed class GatedProjection : Module<Tensor, Tensor>
    {
        private readonly LinearLayer proj;

        public GatedProjection(TensorPlace place, long input, long output) : base(nameof(GatedProjection))
        {
            proj = new LinearLayer(place, input, 2 * output);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            var halves = proj.call(x).chunk(2, -1);
            return halves[0] * functional.gelu(halves[1]);
        }
    }
}
