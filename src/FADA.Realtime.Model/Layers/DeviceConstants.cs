using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using TorchSharp;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Layers;

/// <summary>
/// Tables of numbers as tensors, once per device. A table that is made where it is used would be a copy from host to
/// device for every window, and such a copy cannot be part of a CUDA graph. They live as long as the array.
/// </summary>
internal static class DeviceConstants
{
    private static readonly ConditionalWeakTable<float[], ConcurrentDictionary<(DeviceType, int), Tensor>> Tables = [];

    /// <summary>The values as (n), fp32; never to be changed, neither the array nor the tensor.</summary>
    public static Tensor Of(float[] values, Device device)
    {
        var known = Tables.GetValue(values, static _ => new());
        return known.TryGetValue((device.type, device.index), out var table)
            ? table
            : known.GetOrAdd((device.type, device.index), static (_, made) => tensor(made.values, device: made.device).DetachFromDisposeScope(), (values, device));
    }
}
