using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.Weights;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

public class UNetQuirkTests : TorchTest
{
    private const string PlainBlockMotion = "up_blocks.0.motion_modules.1.temporal_transformer.proj_out.weight";

    private static HalloConfig With(UNetQuirks quirks) => SmallHallo.Config with { Quirks = quirks };

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TrainingBranch_SkipsMotionModulesOfBlocksWithoutAttention(bool training)
    {
        using var _ = no_grad();
        var denoiser = SmallHallo.Denoiser(With(new UNetQuirks { TrainingBranch = training }));
        var call = SmallHallo.Call(SmallHallo.Condition(), SmallHallo.Noise(), null);
        var before = denoiser.Denoise(call);

        StateDictLoader.Tensors(denoiser)[PlainBlockMotion].mul_(3);

        Assert.Equal(training, denoiser.Denoise(call).IsSameAs(before));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void TrainingBranch_MotionFramesReachTheResult(bool training)
    {
        using var _ = no_grad();
        var config = With(new UNetQuirks { TrainingBranch = training });
        var (denoiser, condition) = (SmallHallo.Denoiser(config), SmallHallo.Condition());
        var bank = SmallHallo.Reference(config).Write(condition.ReferenceLatents, condition.ImageTokens.narrow(0, 1, 1), 1);
        var call = SmallHallo.Call(condition, SmallHallo.Noise(), bank);
        var before = denoiser.Denoise(call);

        foreach (var layer in bank.Layers)
            layer.Motion.mul_(2);

        Assert.Equal(training, !denoiser.Denoise(call).IsSameAs(before));
    }

    [Fact]
    public void EmptyBankMotionFrames_ChangeTheUnconditionalResult()
    {
        using var _ = no_grad();
        var four = SmallHallo.Denoiser();
        var none = new UNet(TensorPlace.Cpu, With(new UNetQuirks { EmptyBankMotionFrames = 0 }).Denoiser);
        foreach (var (copy, original) in StateDictLoader.Tensors(none).Values.Zip(StateDictLoader.Tensors(four).Values))
            copy.copy_(original);
        var call = SmallHallo.Call(SmallHallo.Condition(), SmallHallo.Noise(), null);

        Assert.False(four.Denoise(call).IsSameAs(none.Denoise(call)));
    }

    [Theory]
    [InlineData(true, new long[] { 1, 0, 1 })]
    [InlineData(false, new long[] { 1, 1, 1 })]
    public void TileReferenceFeatures_AlternatesTheGroups(bool tiled, long[] expected)
    {
        // Three frames: the conditional row's are the fourth to sixth of the call.
        var rows = new BankRows(2, [0, 1], 3, tiled, 1, CPU);

        Assert.Equal(expected, rows.OfFrames(arange(2, dtype: ScalarType.Int64)).data<long>().ToArray());
        Assert.Equal(new long[] { 0, 1 }, rows.OfRows(arange(2, dtype: ScalarType.Int64)).data<long>().ToArray());
        Assert.Equal(3, rows.HiddenFrames);
    }

    [Fact]
    public void HalfPrecisionBank_RoundsTheFeatures()
    {
        using var _ = no_grad();
        var condition = SmallHallo.Condition();
        var bank = SmallHallo.Reference(With(new UNetQuirks { HalfPrecisionBank = true })).Write(condition.ReferenceLatents, condition.ImageTokens.narrow(0, 1, 1), 1);

        var features = bank.Layers[0].Features;
        Assert.Equal(ScalarType.Float32, features.dtype);
        Assert.True(features.IsSameAs(features.to(ScalarType.Float16).to(ScalarType.Float32)));
    }

    [Fact]
    public void Denoise_RowsWithoutReference_DoNotSeeThePortrait()
    {
        using var _ = no_grad();
        var (denoiser, condition) = (SmallHallo.Denoiser(), SmallHallo.Condition());
        var bank = SmallHallo.Reference().Write(condition.ReferenceLatents, condition.ImageTokens.narrow(0, 1, 1), 1);
        var call = SmallHallo.Call(condition, SmallHallo.Noise(), bank);
        var (hidden, seen) = (denoiser.Denoise(call with { RowsWithoutReference = 1 }), denoiser.Denoise(call));

        foreach (var layer in bank.Layers)
            layer.Reference.mul_(2);

        Assert.True(denoiser.Denoise(call with { RowsWithoutReference = 1 }).IsSameAs(hidden));
        Assert.False(denoiser.Denoise(call).IsSameAs(seen));
    }
}
