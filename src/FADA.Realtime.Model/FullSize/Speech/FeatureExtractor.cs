using FADA.Realtime.Model.FullSize.Layers;
using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Speech;

/// <summary>Strided convolutions over the waveform; the first one's channels are normalised over time.</summary>
internal sealed class FeatureExtractor : Module<Tensor, Tensor>
{
    private readonly ModuleList<ConvStage> conv_layers;

    public FeatureExtractor(TensorPlace place, Wav2Vec2Config config) : base(nameof(FeatureExtractor))
    {
        conv_layers = ModuleList(config.ConvKernels.Zip(config.ConvStrides).Select((p, i) => new ConvStage(place, i == 0 ? 1 : config.ConvChannels,
            config.ConvChannels, p.First, p.Second, isFirst: i == 0)).ToArray());
        RegisterComponents();
    }

    /// <param name="x">(1, 1, T)</param>
    /// <returns>(1, C, T / 320)</returns>
    public override Tensor forward(Tensor x)
    {
        using var scope = NewDisposeScope();
        foreach (var layer in conv_layers)
            x = layer.call(x);
        return x.MoveToOuterDisposeScope();
    }

    private sealed class ConvStage : Module<Tensor, Tensor>
    {
        private readonly Waveform conv;
        private readonly GroupNormLayer? layer_norm;

        public ConvStage(TensorPlace place, long input, long output, long kernel, long stride, bool isFirst) : base(nameof(ConvStage))
        {
            conv = new Waveform(place, input, output, kernel, stride);
            layer_norm = isFirst ? new GroupNormLayer(place, output, output, 1e-5) : null;
            RegisterComponents();
        }

        public override Tensor forward(Tensor x)
        {
            using var scope = NewDisposeScope();
            x = conv.call(x);
            return functional.gelu(layer_norm is null ? x : layer_norm.call(x)).MoveToOuterDisposeScope();
        }
    }

    private sealed class Waveform : Module<Tensor, Tensor>
    {
        private readonly Parameter weight;
        private readonly long _stride;

        public Waveform(TensorPlace place, long input, long output, long kernel, long stride) : base(nameof(Waveform))
        {
            (weight, _stride) = (place.Parameter(output, input, kernel), stride);
            RegisterComponents();
        }

        public override Tensor forward(Tensor x) => functional.conv1d(x, weight, stride: _stride);
    }
}
