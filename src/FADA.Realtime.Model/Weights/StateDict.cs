using FADA.Realtime.Model.Weights.Pickle;

namespace FADA.Realtime.Model.Weights;

/// <summary>Finds the tensors in what a checkpoint's pickle holds.</summary>
internal static class StateDict
{
    // Trainers save the weights beside other things, under one of these keys.
    private static readonly string[] Wrappers = ["state_dict", "model_state_dict", "module"];

    /// <exception cref="WeightsException">There is no dictionary of tensors, or a name occurs twice.</exception>
    public static List<(string Name, TensorReference Tensor)> Tensors(object? value, string path)
    {
        if (value is PickleDictionary outer && Wrappers.Select(outer.Find).OfType<PickleDictionary>().FirstOrDefault() is { } inner)
            value = inner;
        if (value is not PickleDictionary dictionary)
            throw new WeightsException($"{path} holds no dictionary of tensors.");
        var tensors = dictionary.Where(p => p is { Key: string, Value: TensorReference }).Select(p => ((string)p.Key!, (TensorReference)p.Value!)).ToList();
        if (tensors.Count == 0)
            throw new WeightsException($"{path} holds no tensors.");
        if (tensors.GroupBy(t => t.Item1, StringComparer.Ordinal).FirstOrDefault(g => g.Count() > 1) is { } twice)
            throw new WeightsException($"{path} names tensor '{twice.Key}' twice.");
        return tensors;
    }
}
