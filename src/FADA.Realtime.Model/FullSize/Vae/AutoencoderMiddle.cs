using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Vae;

/// <summary>The autoencoder at its coarsest: attention between two residual blocks.</summary>
internal sealed class AutoencoderMiddle : Module<Tensor, Tensor>
{
    private readonly ModuleList<SelfAttention> attentions;
    private readonly ModuleList<ResnetBlock> resnets;

    public AutoencoderMiddle(TensorPlace place, long channels, long groups) : base(nameof(AutoencoderMiddle))
    {
        attentions = ModuleList(new SelfAttention(place, channels, groups));
        resnets = ModuleList(Enumerable.Range(0, 2).Select(_ => new ResnetBlock(place, channels, channels, 0, groups, AutoencoderBlock.Eps)).ToArray());
        RegisterComponents();
    }

    /// <param name="x">(N, C, H, W)</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        return resnets[1].call(attentions[0].call(resnets[0].call(x, null)), null).MoveToOuterDisposeScope();
    }

    // One head over all places.
    private sealed class SelfAttention : Module<Tensor, Tensor>
    {
        private readonly GroupNormLayer group_norm;
        private readonly LinearLayer to_q, to_k, to_v;
        private readonly ModuleList<LinearLayer> to_out;

        public SelfAttention(TensorPlace place, long channels, long groups) : base(nameof(SelfAttention))
        {
            group_norm = new GroupNormLayer(place, groups, channels, AutoencoderBlock.Eps);
            to_q = new LinearLayer(place, channels, channels);
            to_k = new LinearLayer(place, channels, channels);
            to_v = new LinearLayer(place, channels, channels);
            to_out = ModuleList(new LinearLayer(place, channels, channels));
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            var tokens = group_norm.call(x).flatten(2).transpose(1, 2).contiguous();          // (N, H W, C)
            var read = functional.scaled_dot_product_attention(to_q.call(tokens), to_k.call(tokens), to_v.call(tokens));
            return (to_out[0].call(read).transpose(1, 2).reshape(x.shape) + x).MoveToOuterDisposeScope();
        }
    }
}
