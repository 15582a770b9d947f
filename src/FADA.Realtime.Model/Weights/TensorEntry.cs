namespace FADA.Realtime.Model.Weights;

/// <summary>One tensor of a safetensors file: its type name ("F32", "BF16", "U8" …), shape, and byte range in the data part.</summary>
public sealed record TensorEntry(string Name, string DType, long[] Shape, long Begin, long End)
{
    public long Bytes => End - Begin;
}
