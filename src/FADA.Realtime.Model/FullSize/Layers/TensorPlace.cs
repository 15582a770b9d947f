using TorchSharp;
using TorchSharp.Modules;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Layers;

/// <summary>
/// Where and in what precision a network's parameters live. They begin as zeros: full-size networks are always loaded,
/// and drawing billions of random numbers first would take longer than that.
/// </summary>
internal readonly record struct TensorPlace(Device Device, ScalarType Type)
{
    public static TensorPlace Cpu => new(CPU, ScalarType.Float32);

    /// <summary>Shapes without memory, to compare a full-size network with a file.</summary>
    public static TensorPlace Meta => new(META, ScalarType.Float32);

    public Parameter Parameter(params long[] shape) => new(zeros(shape, Type, Device));
}
