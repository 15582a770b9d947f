namespace FADA.Realtime.Model.Weights.Pickle;

/// <summary>What the allowed functions of a state dict come to: references, never memory.</summary>
internal static class PickleCalls
{
    private const int MaxDimensions = 16;

    public static object Call(PickleGlobal function, PickleTuple arguments, PickleCode code) => (function.Kind, arguments.Items) switch
    {
        (PickleGlobalKind.OrderedDictionary, []) => new PickleDictionary(),
        (PickleGlobalKind.RebuildParameter, [TensorReference tensor, ..]) => tensor,
        (PickleGlobalKind.RebuildTensor, [StorageReference storage, long offset, PickleTuple shape, PickleTuple strides, ..])
            => Tensor(storage, offset, Numbers(shape, code), Numbers(strides, code), code),
        _ => throw code.Refuse($"a call of {function.Kind} has the wrong arguments"),
    };

    /// <summary>The persistent id of torch.save: ('storage', type, key, place, number of elements).</summary>
    public static StorageReference Storage(object? id, PickleCode code) =>
        id is PickleTuple { Items: ["storage", PickleGlobal { Kind: PickleGlobalKind.Storage } type, string key, string, long elements] } && elements >= 0
            ? new StorageReference(type.StorageType, key, elements)
            : throw code.Refuse("a persistent id is not a storage");

    private static TensorReference Tensor(StorageReference storage, long offset, long[] shape, long[] strides, PickleCode code)
    {
        if (shape.Length != strides.Length || shape.Length > MaxDimensions || offset < 0 || shape.Concat(strides).Any(n => n < 0))
            throw code.Refuse($"a tensor has the impossible shape [{string.Join(", ", shape)}]");
        try
        {
            checked
            {
                long elements = 1, last = offset;
                foreach (var (n, stride) in shape.Zip(strides))
                    (elements, last) = (elements * n, last + Math.Max(0, n - 1) * stride);
                // An expanded view (stride 0) could claim any size; state dicts hold none.
                if (elements > storage.Elements || (elements > 0 && last >= storage.Elements))
                    throw code.Refuse($"a tensor of shape [{string.Join(", ", shape)}] reaches outside of its storage of {storage.Elements}");
            }
        }
        catch (OverflowException)
        {
            throw code.Refuse($"a tensor has the impossible shape [{string.Join(", ", shape)}]");
        }
        return new TensorReference(storage, offset, shape, strides);
    }

    private static long[] Numbers(PickleTuple tuple, PickleCode code) =>
        tuple.Items.All(i => i is long) ? tuple.Items.Cast<long>().ToArray() : throw code.Refuse("a shape is not made of numbers");
}
