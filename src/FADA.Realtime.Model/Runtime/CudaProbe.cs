using System.Runtime.InteropServices;
using System.Text;
using TorchSharp;

namespace FADA.Realtime.Model.Runtime;

/// <summary>
/// Asks this build's folder, the driver and libtorch, in that order: libtorch alone would say no more than "not available".
/// </summary>
internal sealed class CudaProbe : ICudaProbe
{
    private const int MajorCapability = 75;

    public IReadOnlyList<CudaDevice> Devices(out string? reason)
    {
        if (!File.Exists(NativeFiles.PathOf("libtorch_cuda.so")))
        {
            reason = "this build has libtorch for CPUs only; build it with -p:FadaTorch=cuda";
            return [];
        }
        var devices = Driver(out reason);
        if (devices.Count == 0)
            return devices;
        try
        {
            if (torch.TryInitializeDeviceType(DeviceType.CUDA) && torch.cuda.is_available())
                return devices;
            reason = "libtorch does not see the GPU that the driver names";
        }
        catch (Exception e) when (e is NotSupportedException or DllNotFoundException or TypeInitializationException or ExternalException)
        {
            reason = $"libtorch for CUDA could not be loaded: {e.Message.ReplaceLineEndings(" ")}";
        }
        return [];
    }

    // The driver's own interface: it is there with every NVIDIA driver, without a CUDA toolkit.
    private static unsafe List<CudaDevice> Driver(out string? reason)
    {
        if (!NativeLibrary.TryLoad("libcuda.so.1", out var driver))
        {
            reason = "there is no NVIDIA driver (libcuda.so.1)";
            return [];
        }
        if (!NativeLibrary.TryGetExport(driver, "cuInit", out var init) || !NativeLibrary.TryGetExport(driver, "cuDeviceGetCount", out var counting)
            || !NativeLibrary.TryGetExport(driver, "cuDeviceGetName", out var naming) || !NativeLibrary.TryGetExport(driver, "cuDeviceGetAttribute", out var asking))
        {
            reason = "libcuda.so.1 is not an NVIDIA driver";
            return [];
        }

        var count = 0;
        var answer = ((delegate* unmanaged<uint, int>)init)(0);
        if (answer == 0)
            answer = ((delegate* unmanaged<int*, int>)counting)(&count);
        reason = answer != 0 ? $"the NVIDIA driver answers with error {answer}" : count == 0 ? "the NVIDIA driver sees no GPU" : null;
        var devices = new List<CudaDevice>();
        var name = stackalloc byte[256];
        // Ordinals of the driver are its device handles.
        for (var i = 0; answer == 0 && i < count; i++)
        {
            var major = 0;
            name[0] = 0;
            _ = ((delegate* unmanaged<byte*, int, int, int>)naming)(name, 256, i);
            _ = ((delegate* unmanaged<int*, int, int, int>)asking)(&major, MajorCapability, i);
            devices.Add(new CudaDevice(Encoding.UTF8.GetString(MemoryMarshal.CreateReadOnlySpanFromNullTerminated(name)), major));
        }
        return devices;
    }
}
