namespace FADA.Realtime.Model.Weights.Pickle;

/// <summary>A tuple of pickled values.</summary>
internal sealed record PickleTuple(object?[] Items);

/// <summary>A list of pickled values.</summary>
internal sealed class PickleList : List<object?>;

/// <summary>A dict or OrderedDict, in the order of insertion.</summary>
internal sealed class PickleDictionary : List<(object? Key, object? Value)>
{
    /// <summary>The last value of a text key; null where there is none.</summary>
    public object? Find(string key) => this.LastOrDefault(p => p.Key is string k && k == key).Value;
}
