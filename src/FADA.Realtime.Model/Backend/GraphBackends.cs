using FADA.Realtime.Model.Runtime;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Backend;

/// <summary>Makes the backend of a device.</summary>
public static class GraphBackends
{
    /// <param name="graphs">Whether a CUDA device should use graphs; where it then cannot, it runs eagerly.</param>
    /// <param name="log">Told why something is not as asked for; called from any thread.</param>
    public static IGraphBackend Create(DeviceChoice choice, bool graphs, Action<string> log)
    {
        var device = choice.Device;
        return choice.IsCuda ? new EagerBackend(device, reason: "CUDA graphs were switched off.") : new EagerBackend(device);
    }
}
