using FADA.Realtime.Model.Vae;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.Vae;

public class PaintingTests : TorchTest
{
    private const int Side = 64;

    [Fact]
    public void Over_NothingMovesAndNothingIsPainted_IsTheReference()
    {
        var reference = rand(1, 3, Side, Side) * 2 - 1;
        var painting = new Painting(rand(2, 3, Side, Side), zeros(2, 1, Side, Side), zeros(2, 2, 16, 16));

        Assert.True(MaxDifference(painting.Over(reference), reference.expand(2, -1, -1, -1)) < 1e-5);
    }

    [Fact]
    public void Over_FlowOfOnePixel_ShowsThePixelFromThere()
    {
        var reference = rand(1, 3, Side, Side) * 2 - 1;
        var flow = cat([full([1, 1, 16, 16], 2f / Side), zeros(1, 1, 16, 16)], 1);
        var painting = new Painting(zeros(1, 3, Side, Side), zeros(1, 1, Side, Side), flow);

        var moved = painting.Over(reference);

        // Each pixel shows its right neighbour.
        Assert.True(MaxDifference(moved.narrow(3, 0, Side - 1), reference.narrow(3, 1, Side - 1)) < 1e-4);
    }

    [Fact]
    public void Over_PaintedWholly_IsThePicture()
    {
        var picture = rand(1, 3, Side, Side) * 2 - 1;
        var painting = new Painting(picture, ones(1, 1, Side, Side), rand(1, 2, 16, 16));

        Assert.True(MaxDifference(painting.Over(zeros(1, 3, Side, Side)), picture) < 1e-6);
    }

    [Fact]
    public void Within_AWindowOfTheLowerHalf_LeavesTheUpperHalfAlone()
    {
        var window = cat([zeros(1, 1, Side / 2, Side), ones(1, 1, Side / 2, Side)], 2);
        var reference = rand(1, 3, Side, Side);
        var painting = new Painting(ones(1, 3, Side, Side), rand(1, 1, Side, Side), rand(1, 2, 16, 16) * 0.2).Within(window);

        var seen = painting.Over(reference);

        // But for the few rows over which a flow of a quarter of the resolution fades.
        Assert.True(MaxDifference(seen.narrow(2, 0, Side / 2 - 4), reference.narrow(2, 0, Side / 2 - 4)) < 1e-5);
        Assert.True(MaxDifference(seen.narrow(2, Side / 2, Side / 2), reference.narrow(2, Side / 2, Side / 2)) > 0.1);
    }

    [Fact]
    public void Decoder_ThatMayMovePixels_MovesNoneBeforeItIsTrained()
    {
        var config = new VaeConfig { DecoderChannels = [16, 16, 16], ReferenceChannels = 8, Warp = true };
        using var decoder = new VaeDecoder(config);

        var painting = decoder.call(randn(1, 8, 16, 16), decoder.Reference(randn(1, 4, 256, 256)));

        Assert.Equal([1, 2, 64, 64], painting.Flow!.shape);
        Assert.Equal(0, painting.Flow.abs().max().item<float>());
    }
}
