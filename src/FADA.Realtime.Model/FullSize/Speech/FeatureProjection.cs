using FADA.Realtime.Model.FullSize.Layers;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Speech;

/// <summary>Convolution features to the width of the transformer.</summary>
internal sealed class FeatureProjection : Module<Tensor, Tensor>
{
    private readonly LayerNormLayer layer_norm;
    private readonly LinearLayer projection;

    public FeatureProjection(TensorPlace place, Wav2Vec2Config config) : base(nameof(FeatureProjection))
    {
        layer_norm = new LayerNormLayer(place, config.ConvChannels);
        projection = new LinearLayer(place, config.ConvChannels, config.Width);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => projection.call(layer_norm.call(x));
}
