using TorchSharp.Modules;
using static TorchSharp.torch;
using static TorchSharp.torch.nn;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>Two-dimensional convolution of (N, C, H, W); videos are convolved frame by frame.</summary>
internal sealed class ConvLayer : Module<Tensor, Tensor>
{
    private readonly Parameter weight;
    private readonly Parameter bias;
    private readonly long[] _strides, _padding;

    public ConvLayer(TensorPlace place, long input, long output, long kernel, long stride = 1, long padding = 0) : base(nameof(ConvLayer))
    {
        weight = place.Parameter(output, input, kernel, kernel);
        bias = place.Parameter(output);
        (_strides, _padding) = ([stride, stride], [padding, padding]);
        RegisterComponents();
    }

    public override Tensor forward(Tensor x) => functional.conv2d(x, weight, bias, _strides, _padding);

    /// <summary>A 1x1 convolution as a projection of tokens (N, T, C), which is several times faster.</summary>
    public Tensor OfTokens(Tensor tokens) => functional.linear(tokens, weight.flatten(1), bias);
}
