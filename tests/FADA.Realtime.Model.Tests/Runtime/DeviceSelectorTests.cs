using FADA.Realtime.Model.Runtime;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Runtime;

public class DeviceSelectorTests
{
    private static readonly Probe None = new([], "there is no NVIDIA driver (libcuda.so.1)");
    private static readonly Probe Two = new([new CudaDevice("Old", 7), new CudaDevice("New", 9)], null);

    [Fact]
    public void Choose_AutoWithoutGpu_TakesTheCpuAndSaysWhy()
    {
        var choice = DeviceSelector.Choose("auto", None);

        Assert.Equal(("cpu", "there is no NVIDIA driver (libcuda.so.1)", false), (choice.Name, choice.Reason, choice.IsCuda));
    }

    [Theory]
    [InlineData("auto", "cuda:0", ScalarType.Float32)]
    [InlineData("cuda", "cuda:0", ScalarType.Float32)]
    [InlineData("cuda:1", "cuda:1", ScalarType.BFloat16)]
    public void Choose_WithGpus_TakesTheOneAskedForInItsPrecision(string wanted, string name, ScalarType precision)
    {
        var choice = DeviceSelector.Choose(wanted, Two);

        Assert.Equal((name, precision, true), (choice.Name, choice.Precision, choice.IsCuda));
        Assert.Contains(name == "cuda:1" ? "New" : "Old", choice.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Choose_CpuWithGpus_TakesTheCpu() => Assert.Equal("cpu", DeviceSelector.Choose("cpu", Two).Name);

    [Fact]
    public void Choose_CudaWithoutGpu_IsRefusedInOneSentence()
    {
        var refusal = Assert.Throws<TorchRuntimeException>(() => DeviceSelector.Choose("cuda", None));

        Assert.Equal("The device cuda cannot be used: there is no NVIDIA driver (libcuda.so.1).", refusal.Message);
    }

    [Fact]
    public void Choose_GpuThatIsNotThere_SaysHowManyThereAre()
    {
        var refusal = Assert.Throws<TorchRuntimeException>(() => DeviceSelector.Choose("cuda:2", Two));

        Assert.Contains("2 GPUs", refusal.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("gpu")]
    [InlineData("cuda:")]
    [InlineData("cuda:-1")]
    [InlineData("cuda:999999999999")]
    [InlineData("CPU")]
    public void Choose_NoDevice_IsRefused(string wanted)
    {
        Assert.False(DeviceSelector.IsDevice(wanted));
        Assert.Throws<ArgumentException>(() => DeviceSelector.Choose(wanted, Two));
    }

    [Fact]
    public void Probe_OfThisBuild_GivesGpusOrAReason()
    {
        var devices = new CudaProbe().Devices(out var reason);

        Assert.True(devices.Count > 0 ? reason is null : reason is { Length: > 10 });
    }

    private sealed class Probe(IReadOnlyList<CudaDevice> devices, string? reason) : ICudaProbe
    {
        public IReadOnlyList<CudaDevice> Devices(out string? why)
        {
            why = reason;
            return devices;
        }
    }
}
