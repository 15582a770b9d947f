using FADA.Realtime.Model.FullSize.Conditioning;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Speech;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

public class SpeechTests : TorchTest
{
    [Theory]
    [InlineData(16_000, 25, 32)]
    [InlineData(16_001, 26, 32)]
    [InlineData(10_240, 16, 16)]
    [InlineData(1, 1, 16)]
    public void Pad_FillsWholeWindows(int samples, int frames, int padded)
    {
        var (sound, count) = SpeechWindow.Pad(ones(samples), 25, 16);

        Assert.Equal(frames, SpeechWindow.Frames(samples, 25));
        Assert.Equal(padded, count);
        Assert.Equal(samples + (padded - frames) * 640, sound.shape[0]);
        Assert.Equal(samples, sound.sum().item<float>());
    }

    [Fact]
    public void Windows_RepeatTheOutermostFrames()
    {
        var windows = AudioProjection.Windows(arange(4, dtype: ScalarType.Float32).view(4, 1, 1)).view(4, 5);

        Assert.Equal([0, 0, 0, 1, 2], windows[0].data<float>().ToArray());
        Assert.Equal([0, 1, 2, 3, 3], windows[2].data<float>().ToArray());
        Assert.Equal([1, 2, 3, 3, 3], windows[3].data<float>().ToArray());
    }

    [Fact]
    public void Normalize_GivesZeroMeanAndUnitVariance()
    {
        var x = Wav2Vec2.Normalize(randn(5000) * 3 + 7);

        Assert.True(Math.Abs(x.mean().item<float>()) < 1e-4);
        Assert.True(Math.Abs(x.square().mean().item<float>() - 1) < 1e-4);
    }

    [Fact]
    public void Encode_OneSecond_GivesEveryLayerOfEveryPicture()
    {
        using var _ = no_grad();
        var config = new Wav2Vec2Config { ConvChannels = 8, Width = 16, Layers = 3, Heads = 2, FeedForwardWidth = 16, PositionKernel = 16, PositionGroups = 4 };
        var encoder = SmallHallo.Randomize(new Wav2Vec2(TensorPlace.Cpu, config));

        Assert.Equal(new long[] { 25, 3, 16 }, encoder.Encode(randn(16_000), 25).shape);
    }
}
