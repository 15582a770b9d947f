namespace FADA.Realtime.Model.Weights.Pickle;

/// <summary>A storage that the pickle names: its element type (safetensors name), its record's key, and its length in elements.</summary>
internal sealed record StorageReference(string DType, string Key, long Elements);
