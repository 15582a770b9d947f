using System.Text.Json;
using FADA.Realtime.Bench.Report;

namespace FADA.Realtime.Bench.Tests.Report;

public sealed class FigureTests
{
    [Fact]
    public void Figure_OfMeasurements_HasTheirPercentilesWhateverTheirOrder()
    {
        var figure = Figure.Of([.. Enumerable.Range(0, 101).Select(i => (double)(i * 37 % 101))], "ms");

        Assert.Equal((50, 95, 99, 101), (figure.P50, figure.P95, figure.P99, figure.Count));
    }

    [Fact]
    public void Figure_OfOneMeasurement_IsThatMeasurement() => Assert.Equal(7, Figure.Of([7], "ms").P99);

    [Fact]
    public void Figure_OfNoMeasurement_SaysSo() => Assert.Throws<BenchException>(() => Figure.Of([], "ms"));

    [Theory]
    [InlineData(true, """{"value":3,"unit":"MiB"}""")]
    [InlineData(false, """{"p50":2,"p95":2.9,"p99":2.98,"count":3,"unit":"ms"}""")]
    public void Figure_AsJson_HasOnlyWhatItKnows(bool single, string expected) =>
        Assert.Equal(expected, JsonSerializer.Serialize(single ? Figure.Of(3, "MiB") : Figure.Of([3, 1, 2], "ms")));

    [Fact]
    public void Slope_OfALine_IsItsSteepness() => Assert.Equal(2.5, Slope.Of([10, 12.5, 15, 17.5]), 6);

    [Fact]
    public void Machine_Described_NamesProcessorAndCores()
    {
        Assert.Contains($"{Environment.ProcessorCount} cores", Machine.Describe(), StringComparison.Ordinal);
        Assert.True(Machine.Load() >= 0);
    }
}
