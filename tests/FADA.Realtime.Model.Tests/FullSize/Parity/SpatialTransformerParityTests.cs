using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Layers;
using Xunit.Abstractions;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize.Parity;

public class SpatialTransformerParityTests(ITestOutputHelper output) : ParityTest(output, "12_spatial_transformer3d")
{
    [ParityFact]
    public void WithBank_MatchesTheOriginal()
    {
        var transformer = Load(new SpatialTransformer<TransformerBlock>(TensorPlace.Cpu, 32, 32, 8, new TransformerBlock(TensorPlace.Cpu, 32, 24, 4, 1)), "attention.");
        var bank = new LayerBank(Input("bank").view(2, 3, 64, 32));
        var rows = new BankRows(2, [0, 1], 4, true, 1, CPU);
        Tensor Run(Tensor x) => Video.FromFrames(transformer.forward(Video.ToFrames(x), (b, tokens) => b.Read(tokens, Input("text_uc"), bank, rows)), 4);

        AssertClose("hidden", Run(Input("hidden")));
        AssertClose("hidden_small", Run(Input("hidden_small")));
    }
}
