using FADA.Realtime.Model.Weights.Pickle;

namespace FADA.Realtime.Model.Weights;

/// <summary>Writes the elements of a tensor with any strides in row-major order.</summary>
internal static class StridedCopy
{
    public delegate ReadOnlySpan<byte> ElementAt(long byteOffset);

    /// <param name="element">Bytes of the element that many bytes behind the tensor's first.</param>
    public static void Write(TensorReference tensor, ElementAt element, Stream destination)
    {
        if (tensor.Shape.Contains(0))
            return;
        var index = new long[tensor.Shape.Length];
        long at = 0;
        var size = element(0).Length;
        while (true)
        {
            destination.Write(element(at * size));
            var axis = index.Length - 1;
            while (axis >= 0 && ++index[axis] == tensor.Shape[axis])
            {
                at -= (tensor.Shape[axis] - 1) * tensor.Strides[axis];
                index[axis--] = 0;
            }
            if (axis < 0)
                return;
            at += tensor.Strides[axis];
        }
    }
}
