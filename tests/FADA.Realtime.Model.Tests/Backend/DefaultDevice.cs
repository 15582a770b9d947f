using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Backend;

/// <summary>
/// While it lives, a tensor made without a device lands on the meta device, which has no values: code that forgets to
/// name its device then mixes devices and fails, as it would on a GPU. The default is the process's: tests that use
/// this run alone (<see cref="Alone"/>).
/// </summary>
internal sealed class DefaultDevice : IDisposable
{
    public const string Alone = "the default device is changed";
    private readonly Device _before = get_default_device();

    public DefaultDevice() => set_default_device(META);

    public void Dispose() => set_default_device(_before);
}

[CollectionDefinition(DefaultDevice.Alone, DisableParallelization = true)]
public sealed class DefaultDeviceTests;
