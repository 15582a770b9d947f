using FADA.Realtime.Bench.Hosting;
using FADA.Realtime.Bench.Latency;

namespace FADA.Realtime.Bench.Tests.Hosting;

public sealed class HostingTests
{
    private static readonly TimeSpan Timeout = TimeSpan.FromSeconds(60);

    [Fact]
    public void Figures_OfThisProcess_AreThoseOfALiveOne()
    {
        var figures = ProcessFigures.Read(Environment.ProcessId);

        Assert.True(figures.Cpu > TimeSpan.Zero);
        Assert.InRange(figures.MemoryMib, 10, 100_000);
        Assert.InRange(figures.Threads, 2, 10_000);
        Assert.InRange(figures.Descriptors, 3, 100_000);
    }

    [Fact]
    public void Figures_OfNoProcess_SaySo() => Assert.Throws<BenchException>(() => ProcessFigures.Read(int.MaxValue));

    [Fact]
    public async Task Bench_OfAServerThatDoesNotStart_TellsItsLastWords()
    {
        var command = new ServerCommand("sh", ["-c", "echo no model here >&2; exit 1"]);

        var failure = await Assert.ThrowsAsync<BenchException>(() =>
            LatencyBench.RunAsync(new LatencyOptions(), command, new Progress<BenchProgress>(), CancellationToken.None).WaitAsync(Timeout));

        Assert.Contains("no model here", failure.Message, StringComparison.Ordinal);
    }
}
