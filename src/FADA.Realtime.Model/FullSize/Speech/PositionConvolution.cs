using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Speech;

/// <summary>Relative positions by a grouped convolution whose weight is kept as length and direction (Salimans and Kingma 2016).</summary>
internal sealed class PositionConvolution : Module<Tensor, Tensor>
{
    private readonly Direction conv;

    public PositionConvolution(TensorPlace place, Wav2Vec2Config config) : base(nameof(PositionConvolution))
    {
        conv = new Direction(place, config);
        RegisterComponents();
    }

    /// <summary>(D, D / groups, K): each of the K taps has its own length.</summary>
    public Tensor EffectiveWeight() => conv.Weight();

    /// <param name="x">(1, F, D)</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return functional.gelu(conv.call(x.transpose(1, 2))).transpose(1, 2).MoveToOuterDisposeScope();
    }

    private sealed class Direction : Module<Tensor, Tensor>
    {
        private readonly Parameter weight_g, weight_v, bias;
        private readonly long _groups;

        public Direction(TensorPlace place, Wav2Vec2Config config) : base(nameof(Direction))
        {
            weight_g = place.Parameter(1, 1, config.PositionKernel);
            weight_v = place.Parameter(config.Width, config.Width / config.PositionGroups, config.PositionKernel);
            (bias, _groups) = (place.Parameter(config.Width), config.PositionGroups);
            RegisterComponents();
        }

        public Tensor Weight()
        {
            using var scope = NewDisposeScope();
            return (weight_v * (weight_g / weight_v.square().sum([0, 1], keepdim: true).sqrt())).MoveToOuterDisposeScope();
        }

        // An even kernel gives one frame too many; the last one is dropped.
        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var kernel = weight_v.shape[2];
            var y = functional.conv1d(x, Weight(), bias, padding: kernel / 2, groups: _groups);
            return y.narrow(2, 0, y.shape[2] - (kernel + 1) % 2).MoveToOuterDisposeScope();
        }
    }
}
