using static TorchSharp.torch;

namespace FADA.Realtime.Faces.Graphs;

/// <summary>Activations, padding and reductions: all independent of the layout or told the axis by the graph.</summary>
internal static class PointwiseOperators
{
    /// <summary>x where positive, slope * x elsewhere; the slope broadcasts from the last axis (channels).</summary>
    public static Tensor Prelu(Tensor x, Tensor slope) => nn.functional.relu(x) - slope * nn.functional.relu(-x);

    public static GraphOperation Pad(GraphNode node, GraphConstants constants)
    {
        var table = constants.Integers(node.Inputs[1]); // (rank, 2), first axis first
        var amounts = new long[table.Length];
        for (int axis = 0, rank = table.Length / 2; axis < rank; axis++)
            (amounts[2 * (rank - 1 - axis)], amounts[2 * (rank - 1 - axis) + 1]) = (table[2 * axis], table[2 * axis + 1]);
        return inputs => nn.functional.pad(inputs[0], amounts);
    }

    public static GraphOperation Reshape(GraphNode node, GraphConstants constants)
    {
        var shape = constants.Integers(node.Inputs[1]);
        return inputs => inputs[0].reshape(shape);
    }

    public static GraphOperation Mean(GraphNode node, GraphConstants constants)
    {
        var (axes, keep) = (constants.Integers(node.Inputs[1]), node.Flag("keep_dims"));
        return inputs => inputs[0].mean(axes, keep);
    }
}
