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
    }

    [Fact]
    public async Task Scalars_ManyCollectedUnderLoad_StayReadable()
    {
        TorchRuntime.Initialize();
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(4));
        var collector = Task.Run(() =>
        {
            while (!stop.IsCancellationRequested)
                GC.Collect(0);
        });
        using var x = TorchSharp.torch.ones(64, 64);
        var rounds = 0;
        while (!stop.IsCancellationRequested)
        {
            // A temporary outside a scope may itself be collected in the middle of a call: only scalars are looked at here.
            using var scope = TorchSharp.torch.NewDisposeScope();
            var y = (x * 2.5).add(0.5).clamp_max(2.75);
            Assert.Equal(2.75f, y[0, 0].item<float>());
            rounds++;
        }

        await collector.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.True(rounds > 100, $"{rounds} rounds");
    }

    [Fact]
    public void Repair_NotAnElfFile_ChangesNothing() => Assert.False(LibTorchSharpRepair.Repair(new byte[100]));
}
