using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Hallo;
using FADA.Realtime.Model.FullSize.Layers;
using FADA.Realtime.Model.FullSize.Speech;
using FADA.Realtime.Model.FullSize.Vae;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Tests.FullSize;

public class HalloPipelineTests : TorchTest
{
    private const int Size = 64;
    private static readonly HalloSampling OneStep = new() { Steps = 1, Scales = new GuidanceScales(2, 2) };

    private static HalloPipeline Pipeline(ScalarType type)
    {
        var place = new TensorPlace(CPU, type);
        var speech = new Wav2Vec2Config { ConvChannels = 8, Width = 4, Layers = 2, Heads = 2, FeedForwardWidth = 8, PositionKernel = 4, PositionGroups = 2 };
        return new HalloPipeline(SmallHallo.Randomize(new HalloNet(place, SmallHallo.Config)), SmallHallo.Config,
            SmallHallo.Randomize(new Autoencoder(place, new AutoencoderConfig { BlockChannels = [8, 8, 16, 16], Groups = 4 })), SmallHallo.Randomize(new Wav2Vec2(place, speech)), type);
    }

    private static HalloPortrait Portrait(HalloPipeline pipeline)
    {
        Tensor Region() => rand(1, 1, Size, Size);
        return pipeline.Prepare(rand(1, 3, Size, Size), randn(1, SmallHallo.Config.FaceEmbedding), new HalloRegions(Region(), Region(), Region()));
    }

    private static Tensor Noise() => randn([1, 4, 4, Size / 8, Size / 8]);

    [Theory]
    [InlineData(ScalarType.Float32)]
    [InlineData(ScalarType.BFloat16)]
    public void Render_PortraitAndSound_GivesPictures(ScalarType type)
    {
        using var _ = no_grad();
        var pipeline = Pipeline(type);

        var sound = pipeline.Hear(randn(4 * 640 - 100), 4);
        var pictures = pipeline.Render(Portrait(pipeline), sound, null, MotionScale.One, Noise(), OneStep);

        Assert.Equal(new long[] { 4, 5, 2, 4 }, sound.shape);
        Assert.Equal(new long[] { 4, 3, Size, Size }, pictures.shape);
        Assert.Equal(ScalarType.Float32, pictures.dtype);
        Assert.InRange(pictures.min().item<float>(), 0, 1);
        Assert.InRange(pictures.max().item<float>(), 0, 1);
    }

    [Fact]
    public void Render_FirstWindow_IsPrecededByThePortrait()
    {
        using var _ = no_grad();
        var pipeline = Pipeline(ScalarType.Float32);
        var (portrait, noise, sound) = (Portrait(pipeline), Noise(), pipeline.Hear(randn(4 * 640), 4));
        Tensor Run(Tensor? before) => pipeline.Render(portrait, sound, before, MotionScale.One, noise, OneStep);

        var first = Run(null);

        Assert.True(Run(portrait.Picture.repeat(2, 1, 1, 1)).IsSameAs(first));
        Assert.False(Run(rand(2, 3, Size, Size)).IsSameAs(first));
    }

    [Fact]
    public void Masks_KeepTheShareOfTheRegionAtEveryResolution()
    {
        var half = cat([ones(1, 1, 64, 32), zeros(1, 1, 64, 32)], 3);

        var masks = new HalloRegions(half, half, half).Masks(8, 8, 4, 3, ScalarType.Float32);

        Assert.Equal([64L, 16, 4, 1], masks.Lips.Select(m => m.shape[1]));
        Assert.All(masks.Lips, m => Assert.Equal(0.5f, m.mean().item<float>(), 5));
        Assert.All(masks.Lips, m => Assert.Equal(3, m.shape[0]));
    }
}
