using FADA.Realtime.Model.Runtime;
using TorchSharp;

namespace FADA.Realtime.Model.Backend;

/// <summary>Makes the backend of a device.</summary>
public static class GraphBackends
{
    /// <param name="graphs">Whether a CUDA device should use graphs; where it then cannot, it runs eagerly.</param>
    /// <param name="log">Told why something is not as asked for; called from any thread.</param>
    public static IGraphBackend Create(DeviceChoice choice, bool graphs, Action<string> log)
    {
        var device = choice.Device;
        if (!choice.IsCuda)
            return new EagerBackend(device);
        var host = (Action synchronize) => new PinnedHostTransfer(t => t.pin_memory(), synchronize, log);
        var direct = () => torch.cuda.synchronize(device);
        if (!graphs)
            return new EagerBackend(device, host(direct), "CUDA graphs were switched off.");
        if (CudaGraphLibrary.TryOpen(out var reason) is { } library)
            return new CudaGraphBackend(device, library, new CudaGraphOptions(), log, host);
        var sentence = $"{choice.Name} runs without CUDA graphs: {reason}.";
        log(sentence);
        return new EagerBackend(device, host(direct), sentence);
    }
}
