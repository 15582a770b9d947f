namespace FADA.Realtime.Faces.Graphs;

/// <summary>TensorFlow's SAME padding: the output has ceil(size / stride) cells, and an odd cell of padding goes to the end.</summary>
internal static class SamePadding
{
    /// <summary>Cells to add before and after one axis.</summary>
    public static (long Before, long After) Of(long size, long kernel, long stride, long dilation = 1)
    {
        var output = (size + stride - 1) / stride;
        var total = Math.Max(0, (output - 1) * stride + (kernel - 1) * dilation + 1 - size);
        return (total / 2, total - total / 2);
    }
}
