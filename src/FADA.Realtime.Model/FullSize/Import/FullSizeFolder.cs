using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Import;

/// <summary>Reads the networks of an imported folder.</summary>
internal static class FullSizeFolder
{
    /// <summary>Makes a network and fills it from its file, in the precision of its place.</summary>
    /// <exception cref="WeightsException">The file does not fit the network.</exception>
    public static TModule Load<TModule>(string folder, string part, TensorPlace place, Func<TensorPlace, TModule> create)
        where TModule : nn.Module
    {
        using var file = SafetensorsFile.Open(Path.Combine(folder, $"{part}.safetensors"));
        var network = create(place);
        StateDictLoader.Load(network, file);
        return network;
    }
}
