using FADA.Realtime.Model.Runtime;

namespace FADA.Realtime.Model.Tests.Runtime;

public class LibTorchSharpRepairTests
{
    [Fact]
    public void Repair_LibraryInUse_IsAlreadyRepairedAndStaysAsItIs()
    {
        TorchRuntime.Initialize();
        var image = File.ReadAllBytes(Path.Combine(AppContext.BaseDirectory, "libLibTorchSharp.so"));

        Assert.False(LibTorchSharpRepair.Repair(image));
        Assert.NotNull(new ElfImage(image).VersionFlags("GLIBCXX_3.4.32"));
        Assert.Equal(0xC3, image[new ElfImage(image).Function("THSTorch_dispose_scalar")!.Value]);
    }

    [Fact]
    public void Repair_NotAnElfFile_ChangesNothing() => Assert.False(LibTorchSharpRepair.Repair(new byte[100]));
}
