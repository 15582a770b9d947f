using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Speech;

/// <summary>Transformer with convolutional positions; each layer normalises behind its residual sums.</summary>
internal sealed class SpeechTransformer : Module
{
    private readonly PositionConvolution pos_conv_embed;
    private readonly LayerNormLayer layer_norm;
    private readonly ModuleList<SpeechLayer> layers;

    public SpeechTransformer(TensorPlace place, Wav2Vec2Config config) : base(nameof(SpeechTransformer))
    {
        pos_conv_embed = new PositionConvolution(place, config);
        layer_norm = new LayerNormLayer(place, config.Width);
        layers = ModuleList(Enumerable.Range(0, config.Layers).Select(_ => new SpeechLayer(place, config)).ToArray());
        RegisterComponents();
    }

    /// <param name="x">(1, F, D)</param>
    /// <returns>The first layer's input and every layer's output.</returns>
    public List<Tensor> forward(Tensor x)
    {
        var states = new List<Tensor> { layer_norm.call(x + pos_conv_embed.call(x)) };
        foreach (var layer in layers)
            states.Add(layer.call(states[^1]));
        return states;
    }
}
