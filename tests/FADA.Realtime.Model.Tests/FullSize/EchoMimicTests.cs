using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.EchoMimic;
using FADA.Realtime.Model.FullSize.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

public class EchoMimicTests : TorchTest
{
    private const int Frames = 3;
    private static readonly EchoMimicConfig Config = new() { BlockChannels = [32, 32, 64, 64], Heads = 4, Groups = 8, AudioWidth = 8, FaceLocatorChannels = [4, 4, 4, 4] };

    private static EchoMimicNet Net(EchoMimicConfig? config = null) => SmallHallo.Randomize(new EchoMimicNet(TensorPlace.Cpu, config ?? Config));

    // Two rows, the first of which does not see the portrait; sound of its own for every frame.
    private static UNetInput Call(EchoMimicNet net, Tensor audio) => new()
    {
        Latents = ones([2, 4, Frames, 8, 8]),
        Timestep = 999,
        Context = audio,
        FaceFeatures = net.FaceLocator.call(ones([2, 1, Frames, 64, 64])),
        Bank = net.Reference.Write(ones([2, 4, 8, 8]), null, 2),
        RowGroups = [0, 1],
        RowsWithoutReference = 1,
    };

    [Fact]
    public void Denoise_WithoutMotionFrames_KeepsTheShapeAndSeesThePortraitInOneRow()
    {
        using var _ = no_grad();
        var net = Net();

        var velocity = net.Denoiser.Denoise(Call(net, ones([2 * Frames, 5, 8])));

        Assert.Equal(new long[] { 2, 4, Frames, 8, 8 }, velocity.shape);
        Assert.True(velocity.isfinite().all().item<bool>());
        Assert.False(velocity[0].IsSameAs(velocity[1]));
    }

    [Theory]
    [InlineData(0f, true)]
    [InlineData(3f, false)]
    public void AudioGain_ScalesWhatIsHeard(float gain, bool isDeaf)
    {
        using var _ = no_grad();
        var net = Net(Config with { AudioGain = gain });

        var (one, other) = (net.Denoiser.Denoise(Call(net, ones([2 * Frames, 5, 8]))), net.Denoiser.Denoise(Call(net, randn([2 * Frames, 5, 8]))));

        Assert.Equal(isDeaf, one.IsSameAs(other));
    }
}
