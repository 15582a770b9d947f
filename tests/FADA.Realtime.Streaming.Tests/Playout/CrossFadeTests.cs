using FADA.Realtime.Streaming.Playout;

namespace FADA.Realtime.Streaming.Tests.Playout;

public class CrossFadeTests
{
    [Fact]
    public void Mix_EveryByteAndWeight_EqualsTheFormula()
    {
        var random = new Random(5);
        var from = new byte[1003];
        var to = new byte[1003];
        random.NextBytes(from);
        random.NextBytes(to);
        (from[0], to[0], from[1], to[1]) = (255, 255, 0, 255);
        var output = new byte[1003];

        foreach (ushort weight in (ushort[])[0, 1, 51, 128, 204, 255, 256])
        {
            CrossFade.Mix(from, to, output, weight);

            for (var i = 0; i < output.Length; i++)
                Assert.Equal(Math.Floor((((256.0 - weight) * from[i]) + (weight * to[i]) + 128) / 256), output[i]);
        }
    }

    [Fact]
    public void Apply_AfterStart_ApproachesTheTargetAndThenIsIt()
    {
        var fade = new CrossFade(4, 16, 16);
        var dark = new VideoFrame(16, 16);
        var light = new VideoFrame(16, 16);
        light.Data.AsSpan().Fill(250);

        Assert.Same(light, fade.Apply(light));
        fade.Start(dark);
        var steps = Enumerable.Range(0, 4).Select(_ => (int)fade.Apply(light).Data[100]).ToList();

        Assert.Equal([50, 100, 149, 199], steps);
        Assert.Same(light, fade.Apply(light));
    }
}
