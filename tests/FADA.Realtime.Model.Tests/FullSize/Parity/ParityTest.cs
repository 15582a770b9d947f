using FADA.Realtime.Model.Weights;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

/// <summary>Base of the parity tests: one fixture file, its inputs, and its expected outputs.</summary>
public abstract class ParityTest : TorchTest, IDisposable
{
    private readonly ITestOutputHelper _output;
    private readonly string _fixture;
    private readonly SafetensorsFile? _file;
    private readonly IDisposable _noGradient;

    protected ParityTest(ITestOutputHelper output, string fixture)
    {
        (_output, _fixture) = (output, fixture);
        _file = ParityFixtures.Folder is null ? null : ParityFixtures.Open(fixture);
        _noGradient = no_grad();
    }

    private protected SafetensorsFile File => _file!;

    protected Tensor Input(string name) => File.Read($"in.{name}");

    /// <summary>Loads the weights under a prefix, in single precision.</summary>
    private protected TModule Load<TModule>(TModule module, string prefix)
        where TModule : nn.Module
    {
        StateDictLoader.Load(module, File, prefix);
        return module;
    }

    protected void AssertClose(string expected, Tensor actual, double tolerance = 1e-4)
    {
        var reference = File.Read($"out.{expected}");
        Assert.Equal(reference.shape, actual.shape);
        var difference = MaxDifference(reference, actual);
        _output.WriteLine($"{_fixture} {expected}: {difference:0.0e+0}");
        Assert.True(difference <= tolerance, $"{expected}: max abs error {difference}");
    }

    void IDisposable.Dispose()
    {
        _noGradient.Dispose();
        _file?.Dispose();
        Dispose();
        GC.SuppressFinalize(this);
    }
}
