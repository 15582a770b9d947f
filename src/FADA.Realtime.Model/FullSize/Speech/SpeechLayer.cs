using FADA.Realtime.Model.FullSize.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Speech;

/// <summary>One layer of the speech transformer.</summary>
internal sealed class SpeechLayer : Module<Tensor, Tensor>
{
    private readonly SelfAttention attention;
    private readonly LayerNormLayer layer_norm, final_layer_norm;
    private readonly Dense feed_forward;

    public SpeechLayer(TensorPlace place, Wav2Vec2Config config) : base(nameof(SpeechLayer))
    {
        attention = new SelfAttention(place, config.Width, config.Heads);
        layer_norm = new LayerNormLayer(place, config.Width);
        feed_forward = new Dense(place, config.Width, config.FeedForwardWidth);
        final_layer_norm = new LayerNormLayer(place, config.Width);
        RegisterComponents();
    }

    /// <param name="x">(1, F, D)</param>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        x = layer_norm.call(x + attention.call(x));
        return final_layer_norm.call(x + feed_forward.call(x)).MoveToOuterDisposeScope();
    }

    private sealed class SelfAttention : Module<Tensor, Tensor>
    {
        private readonly LinearLayer q_proj, k_proj, v_proj, out_proj;
        private readonly long _heads;

        public SelfAttention(TensorPlace place, long width, long heads) : base(nameof(SelfAttention))
        {
            _heads = heads;
            q_proj = new LinearLayer(place, width, width);
            k_proj = new LinearLayer(place, width, width);
            v_proj = new LinearLayer(place, width, width);
            out_proj = new LinearLayer(place, width, width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            Tensor Heads(Tensor t) => t.view(x.shape[0], x.shape[1], _heads, -1).transpose(1, 2);
            var read = functional.scaled_dot_product_attention(Heads(q_proj.call(x)), Heads(k_proj.call(x)), Heads(v_proj.call(x)));
            return out_proj.call(read.transpose(1, 2).reshape(x.shape)).MoveToOuterDisposeScope();
        }
    }

    private sealed class Dense : Module<Tensor, Tensor>
    {
        private readonly LinearLayer intermediate_dense, output_dense;

        public Dense(TensorPlace place, long width, long inner) : base(nameof(Dense))
        {
            intermediate_dense = new LinearLayer(place, width, inner);
            output_dense = new LinearLayer(place, inner, width);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => output_dense.call(functional.gelu(intermediate_dense.call(x)));
    }
}
