using FADA.Realtime.Model.Weights;

namespace FADA.Realtime.Model.Tests.Checkpoints;

public class HostileCheckpointTests : TorchTest
{
    // A pickle may have 16 MiB and two million values; nothing may grow beyond that, whatever sizes a file announces.
    private const long MaxAllocation = 128 << 20;

    public static TheoryData<string> Names() => new(HostileFiles.All.Select(h => h.Name));

    [Fact]
    public void HostileFiles_AreAtLeast200AndDiffer() =>
        Assert.True(HostileFiles.All.DistinctBy(h => h.Name).Count() >= 200, $"{HostileFiles.All.Count} files");

    [Fact]
    public void Open_TheFilesBeforeTheirDamage_Succeeds()
    {
        using var folder = new TemporaryFolder();
        using var archive = CheckpointFile.Open(folder.Write("good.pth", HostileFiles.GoodArchive));
        using var safetensors = CheckpointFile.Open(folder.Write("good.safetensors", HostileFiles.GoodSafetensors));

        Assert.Equal(["w"], archive.Names);
        Assert.Equal(["a", "b"], safetensors.Names.Order());
    }

    [Theory]
    [MemberData(nameof(Names))]
    public void Open_HostileFile_IsRefusedWithOneSentenceAndLittleMemory(string name)
    {
        using var folder = new TemporaryFolder();
        var path = folder.Write("hostile.bin", HostileFiles.All.First(h => h.Name == name).Bytes);
        var before = GC.GetAllocatedBytesForCurrentThread();

        var error = Assert.Throws<WeightsException>(() => CheckpointFile.Open(path));

        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < MaxAllocation);
        Assert.Contains("hostile.bin", error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', error.Message);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Open_AnyByteChanged_LoadsOrIsRefusedWithATypedError(bool archive)
    {
        using var folder = new TemporaryFolder();
        var good = archive ? HostileFiles.GoodArchive : HostileFiles.GoodSafetensors;
        var random = new Random(5);
        for (var at = 0; at < good.Length; at++)
        {
            var bytes = (byte[])good.Clone();
            bytes[at] = (byte)random.Next(256);
            var path = folder.Write("mutated.bin", bytes);
            try
            {
                using var file = CheckpointFile.Open(path);
                foreach (var tensor in file.Names)
                    file.Read(tensor).Dispose();
            }
            catch (WeightsException)
            {
                // Refused, as it should be where the change shows.
            }
        }
    }
}
