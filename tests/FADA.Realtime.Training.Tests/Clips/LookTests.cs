using FADA.Realtime.Training.Clips;
using static TorchSharp.torch;

namespace FADA.Realtime.Training.Tests.Clips;

public class LookTests : TorchTest
{
    [Fact]
    public void Apply_SameDice_SameLook_OtherDice_Another()
    {
        using var folder = new TestClips();
        using var store = ClipStore.Open(folder.Folder);
        var clip = store.Train[0];
        int[] frames = [0, 5];
        Tensor Of(int seed) => new Look(new Random(seed)).Apply(FrameBatch.Load(frames.Select(f => (clip, f)).ToList()), clip, frames);

        Assert.Equal(0, (Of(3) - Of(3)).abs().max().item<float>());
        Assert.True((Of(3) - Of(4)).abs().mean().item<float>() > 0.02);
    }

    [Fact]
    public void Apply_FramesTogetherOrAlone_OnePerson()
    {
        using var folder = new TestClips();
        using var store = ClipStore.Open(folder.Folder);
        var clip = store.Train[0];
        var look = new Look(new Random(11));

        var both = look.Apply(FrameBatch.Load([(clip, 0), (clip, 7)]), clip, [0, 7]);
        var second = look.Apply(FrameBatch.Load([(clip, 7)]), clip, [7]);

        Assert.True((both.narrow(0, 1, 1) - second).abs().max().item<float>() < 1e-5);
    }

    [Fact]
    public void FacialHair_Painted_LeavesTheLipsAndTheForehead()
    {
        using var folder = new TestClips();
        using var store = ClipStore.Open(folder.Folder);
        var clip = store.Train[0];
        var plain = zeros(1, 3, Clip.Side, Clip.Side);

        // Four styles: whichever the dice choose, something is painted, and never above the ears.
        for (var seed = 0; seed < 8; seed++)
        {
            var painted = new FacialHair(new Random(seed)).Paint(plain, clip, [0]);
            Assert.True((painted - plain).abs().max().item<float>() > 0.05);
            Assert.Equal(0, painted.narrow(2, 0, 40).abs().max().item<float>());
        }
    }

    [Fact]
    public void PolygonMask_Square_FillsThePixelsWhoseCentresAreInside()
    {
        var filled = 0;

        PolygonMask.Scan([new(2.4f, 3), new(6.4f, 3), new(6.4f, 5), new(2.4f, 5)], 16, 16, (y, x, n) =>
        {
            Assert.InRange(y, 3, 4);
            Assert.Equal(2, x);
            filled += n;
        });

        Assert.Equal(8, filled);
    }
}
