namespace FADA.Realtime.Model.Weights.Pickle;

/// <summary>What an allowed global stands for.</summary>
internal enum PickleGlobalKind
{
    OrderedDictionary,
    RebuildTensor,
    RebuildParameter,
    Storage,
}
