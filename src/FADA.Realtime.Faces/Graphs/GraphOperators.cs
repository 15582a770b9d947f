using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Graphs;

/// <summary>The operators of the face networks: blazeface, facemesh and faceres use these and no others.</summary>
internal static class GraphOperators
{
    public static GraphOperation Compile(GraphNode node, GraphConstants constants) => node.Operator switch
    {
        "_FusedConv2D" or "Conv2D" => SpatialOperators.Convolution(node, constants, depthwise: false),
        "DepthwiseConv2dNative" or "FusedDepthwiseConv2dNative" => SpatialOperators.Convolution(node, constants, depthwise: true),
        "_FusedMatMul" or "MatMul" => SpatialOperators.MatMul(node, constants),
        "MaxPool" => SpatialOperators.MaxPool(node),
        "Pad" => PointwiseOperators.Pad(node, constants),
        "Reshape" => PointwiseOperators.Reshape(node, constants),
        "Mean" => PointwiseOperators.Mean(node, constants),
        "Prelu" => inputs => PointwiseOperators.Prelu(inputs[0], inputs[1]),
        "Add" or "AddV2" => inputs => inputs[0] + inputs[1],
        "Mul" => inputs => inputs[0] * inputs[1],
        "Minimum" => inputs => minimum(inputs[0], inputs[1]),
        "Maximum" => inputs => maximum(inputs[0], inputs[1]),
        "Relu" => inputs => nn.functional.relu(inputs[0]),
        "Sigmoid" => inputs => sigmoid(inputs[0]),
        "Softmax" => inputs => softmax(inputs[0], -1),
        "Identity" => inputs => inputs[0].alias(),
        _ => throw new UnsupportedOperatorException(node.Name, node.Operator, "operator"),
    };
}
