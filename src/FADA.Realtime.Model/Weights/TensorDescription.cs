namespace FADA.Realtime.Model.Weights;

/// <summary>What is known of a tensor before it is read: its safetensors type name ("F32", "F16", "BF16" …) and shape.</summary>
public sealed record TensorDescription(string DType, long[] Shape)
{
    /// <summary>Number of elements; 1 for a scalar.</summary>
    public long Elements => Shape.Aggregate(1L, (n, d) => checked(n * d));

    public long Bytes => checked(Elements * SafetensorsTypes.Size(SafetensorsTypes.ToScalarType(DType)));
}
