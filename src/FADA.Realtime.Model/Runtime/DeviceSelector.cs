using System.Globalization;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Runtime;

/// <summary>Picks the device from what a person asked for and what the machine has.</summary>
public static class DeviceSelector
{
    public const string Auto = "auto";

    /// <summary>What a device may be called.</summary>
    public const string Allowed = "auto, cpu, cuda or cuda:N";

    /// <summary>Whether <see cref="Choose(string)"/> understands the word.</summary>
    public static bool IsDevice(string wanted) => wanted is Auto or "cpu" || TryIndex(wanted, out _);

    /// <summary>"auto" takes the first GPU or, with the reason why, the CPU; the others take what they say or nothing.</summary>
    /// <exception cref="ArgumentException">It is not the name of a device.</exception>
    /// <exception cref="TorchRuntimeException">CUDA was asked for and is not to be had; the message says why.</exception>
    public static DeviceChoice Choose(string wanted)
    {
        TorchRuntime.Initialize();
        return Choose(wanted, new CudaProbe());
    }

    /// <summary>The CPU in the precision it is good at.</summary>
    public static DeviceChoice Cpu(string reason) => new("cpu", TorchRuntime.Initialize().Precision, reason);

    internal static DeviceChoice Choose(string wanted, ICudaProbe probe)
    {
        if (wanted == "cpu")
            return Cpu("asked for");
        var index = 0;
        if (wanted != Auto && !TryIndex(wanted, out index))
            throw new ArgumentException($"'{wanted}' is not a device: {Allowed} are.", nameof(wanted));
        var devices = probe.Devices(out var reason);
        if (index < devices.Count)
        {
            var found = devices[index];
            return new DeviceChoice(string.Create(CultureInfo.InvariantCulture, $"cuda:{index}"), found.Major >= 8 ? ScalarType.BFloat16 : ScalarType.Float32,
                wanted == Auto ? $"{found.Name}, the first GPU" : found.Name);
        }
        if (wanted == Auto)
            return Cpu(reason ?? "there is no GPU");
        throw new TorchRuntimeException(devices.Count == 0
            ? $"The device {wanted} cannot be used: {reason ?? "there is no GPU"}."
            : $"The device {wanted} cannot be used: this machine has {devices.Count} GPU{(devices.Count == 1 ? "" : "s")}, counted from cuda:0.");
    }

    private static bool TryIndex(string wanted, out int index)
    {
        index = 0;
        return wanted == "cuda"
            || (wanted.StartsWith("cuda:", StringComparison.Ordinal) && int.TryParse(wanted.AsSpan(5), NumberStyles.None, CultureInfo.InvariantCulture, out index) && index < 128);
    }
}
