using TorchSharp;
using static TorchSharp.torch;
using static TorchSharp.torch.nn.functional;

namespace FADA.Realtime.Faces.Graphs;

/// <summary>
/// Convolutions and pooling. Pictures stay NHWC in memory between nodes; the NCHW view that libtorch wants is then a
/// free permute with channels-last strides, and 1x1 convolutions are a matrix product.
/// </summary>
internal static class SpatialOperators
{
    private static readonly long[] Ones = [1, 1, 1, 1];

    /// <summary>Conv2D, DepthwiseConv2dNative and their fused forms with bias and activation.</summary>
    public static GraphOperation Convolution(GraphNode node, GraphConstants constants, bool depthwise)
    {
        RequireNhwc(node);
        var strides = node.Integers("strides", Ones);
        var dilations = node.Integers("dilations", Ones);
        var same = IsSame(node);
        var filter = constants.Get(node.Inputs[1]); // (kh, kw, in, out) or (kh, kw, in, multiplier)
        var (kh, kw, channels) = (filter.shape[0], filter.shape[1], filter.shape[2]);
        var (bias, activate) = Fused(node, constants);
        var pointwise = !depthwise && kh == 1 && kw == 1 && strides[1] == 1 && strides[2] == 1;
        var weight = pointwise
            ? constants.Own(filter.reshape(channels, -1).t().contiguous()) // (out, in)
            : depthwise
                ? constants.Own(filter.permute(2, 3, 0, 1).reshape(-1, 1, kh, kw)) // (in*multiplier, 1, kh, kw)
                : constants.Own(filter.permute(3, 0, 1, 2).contiguous().permute(0, 3, 1, 2)); // (out, in, kh, kw), channels last
        if (pointwise)
            return inputs => activate(linear(inputs[0], weight, bias));
        return inputs =>
        {
            var x = inputs[0].permute(0, 3, 1, 2);
            long[] padding = [0, 0];
            if (same)
            {
                var v = SamePadding.Of(x.shape[2], kh, strides[1], dilations[1]);
                var h = SamePadding.Of(x.shape[3], kw, strides[2], dilations[2]);
                if (v.Before == v.After && h.Before == h.After)
                    padding = [v.Before, h.Before];
                else
                    x = pad(x, [h.Before, h.After, v.Before, v.After]);
            }
            var y = conv2d(x, weight, bias, [strides[1], strides[2]], padding, [dilations[1], dilations[2]], depthwise ? channels : 1);
            return activate(y.permute(0, 2, 3, 1)); // (n, h, w, out)
        };
    }

    public static GraphOperation MaxPool(GraphNode node)
    {
        RequireNhwc(node);
        var strides = node.Integers("strides", Ones);
        var kernel = node.Integers("ksize", Ones);
        var same = IsSame(node);
        return inputs =>
        {
            var x = inputs[0].permute(0, 3, 1, 2);
            if (same)
            {
                var v = SamePadding.Of(x.shape[2], kernel[1], strides[1]);
                var h = SamePadding.Of(x.shape[3], kernel[2], strides[2]);
                if (v.After > 0 || h.After > 0)
                    x = pad(x, [h.Before, h.After, v.Before, v.After], PaddingModes.Constant, double.NegativeInfinity);
            }
            return max_pool2d(x, [kernel[1], kernel[2]], [strides[1], strides[2]]).permute(0, 2, 3, 1);
        };
    }

    public static GraphOperation MatMul(GraphNode node, GraphConstants constants)
    {
        if (node.Flag("transpose_a"))
            throw new UnsupportedOperatorException(node.Name, node.Operator, "transpose_a");
        var matrix = constants.Get(node.Inputs[1]);
        var weight = constants.Own((node.Flag("transpose_b") ? matrix : matrix.t()).contiguous()); // (out, in)
        var (bias, activate) = Fused(node, constants);
        return inputs => activate(linear(inputs[0], weight, bias));
    }

    // fused_ops names what follows the product, in order; its arguments are the inputs from the third on.
    private static (Tensor? Bias, Func<Tensor, Tensor> Activate) Fused(GraphNode node, GraphConstants constants)
    {
        Tensor? bias = null;
        Func<Tensor, Tensor> activate = x => x;
        var argument = 2;
        foreach (var op in node.Texts("fused_ops"))
            switch (op)
            {
                case "BiasAdd":
                    bias = constants.Own(constants.Get(node.Inputs[argument++]).reshape(-1));
                    break;
                case "Relu":
                    activate = x => relu(x);
                    break;
                case "Relu6":
                    activate = x => relu6(x);
                    break;
                case "Prelu":
                    var slope = constants.Get(node.Inputs[argument++]);
                    activate = x => PointwiseOperators.Prelu(x, slope);
                    break;
                default:
                    throw new UnsupportedOperatorException(node.Name, node.Operator, $"fused {op}");
            }
        return (bias, activate);
    }

    private static bool IsSame(GraphNode node) => node.Text("padding", "VALID") switch
    {
        "SAME" => true,
        "VALID" => false,
        var other => throw new UnsupportedOperatorException(node.Name, node.Operator, $"padding {other}"),
    };

    private static void RequireNhwc(GraphNode node)
    {
        if (node.Text("data_format", "NHWC") is not "NHWC" and var format)
            throw new UnsupportedOperatorException(node.Name, node.Operator, $"data format {format}");
    }
}
