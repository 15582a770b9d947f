using static TorchSharp.torch;

namespace FADA.Realtime.Model.Weights;

/// <summary>The element types of the safetensors format and their libtorch twins.</summary>
internal static class SafetensorsTypes
{
    private static readonly (string Name, ScalarType Type, int Size)[] All =
    [
        ("F64", ScalarType.Float64, 8), ("F32", ScalarType.Float32, 4), ("F16", ScalarType.Float16, 2),
        ("BF16", ScalarType.BFloat16, 2), ("I64", ScalarType.Int64, 8), ("I32", ScalarType.Int32, 4),
        ("I16", ScalarType.Int16, 2), ("I8", ScalarType.Int8, 1), ("U8", ScalarType.Byte, 1), ("BOOL", ScalarType.Bool, 1),
    ];

    public static int Size(string dtype, string path, string tensor) =>
        All.FirstOrDefault(t => t.Name == dtype) is { Name: not null } known
            ? known.Size
            : throw new WeightsException($"{path}: tensor '{tensor}' has the unknown type '{dtype}'.");

    public static ScalarType ToScalarType(string dtype) => All.First(t => t.Name == dtype).Type;

    public static string FromScalarType(ScalarType type) => All.First(t => t.Type == type).Name;

    public static int Size(ScalarType type) => All.First(t => t.Type == type).Size;
}
