namespace FADA.Realtime.Model.Weights.Pickle;

/// <summary>The functions and classes that a state dict may name; a pickle that names anything else is refused.</summary>
internal sealed record PickleGlobal(PickleGlobalKind Kind, string StorageType = "")
{
    private static readonly Dictionary<string, PickleGlobal> Allowed = new(StringComparer.Ordinal)
    {
        ["collections.OrderedDict"] = new(PickleGlobalKind.OrderedDictionary),
        ["torch._utils._rebuild_tensor_v2"] = new(PickleGlobalKind.RebuildTensor),
        ["torch._utils._rebuild_parameter"] = new(PickleGlobalKind.RebuildParameter),
        ["torch.DoubleStorage"] = new(PickleGlobalKind.Storage, "F64"),
        ["torch.FloatStorage"] = new(PickleGlobalKind.Storage, "F32"),
        ["torch.HalfStorage"] = new(PickleGlobalKind.Storage, "F16"),
        ["torch.BFloat16Storage"] = new(PickleGlobalKind.Storage, "BF16"),
        ["torch.LongStorage"] = new(PickleGlobalKind.Storage, "I64"),
        ["torch.IntStorage"] = new(PickleGlobalKind.Storage, "I32"),
        ["torch.ShortStorage"] = new(PickleGlobalKind.Storage, "I16"),
        ["torch.CharStorage"] = new(PickleGlobalKind.Storage, "I8"),
        ["torch.ByteStorage"] = new(PickleGlobalKind.Storage, "U8"),
        ["torch.BoolStorage"] = new(PickleGlobalKind.Storage, "BOOL"),
    };

    /// <summary>The allowed global of that name, or null.</summary>
    public static PickleGlobal? Find(string module, string name) => Allowed.GetValueOrDefault($"{module}.{name}");
}
