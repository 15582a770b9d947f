using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Diffusion;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Streaming.Animation;
using static TorchSharp.torch;

namespace FADA.Realtime.Streaming.Tests.Animation;

/// <summary>The catalog with a very small network of random weights: what it paints is nonsense, the machinery is real.</summary>
public sealed class AnimatorTests : IDisposable
{
    private const int Frames = 4;
    private readonly AvatarStore _store = new();

    public AnimatorTests()
    {
        TorchRuntime.Initialize();
        random.manual_seed(7);
        using var model = new FadaModel(new FadaModelConfig
        {
            Vae = new VaeConfig { EncoderChannels = [8, 8, 16], DecoderChannels = [16, 8, 8], ReferenceChannels = 4 },
            Audio = new AudioEncoderConfig { Width = 16 },
            Denoiser = new DenoiserConfig { Channels = [32, 32, 32], AudioFeatures = 16, TimeWidth = 32, AudioWidth = 32 },
            Latents = new LatentStatistics(new float[8], Enumerable.Repeat(1f, 8).ToArray(), Enumerable.Repeat(1f, 8).ToArray()),
            Steps = 1,
        }, ScalarType.Float32);
        model.Save(_store.ModelPath);
        AvatarStore.Put(_store.BuiltIn, "default");
        AvatarStore.Put(_store.Added, "ada");
    }

    public void Dispose() => _store.Dispose();

    [Fact]
    public void Animate_SameSeedAndSpeech_GivesTheSameFrames()
    {
        using var first = _store.Catalog.CreateAnimator("ada", new AnimatorOptions { Seed = 5 });
        using var second = _store.Catalog.CreateAnimator("ada", new AnimatorOptions { Seed = 5 });

        Assert.Equal(Speak(first).Select(f => f.Data), Speak(second).Select(f => f.Data));
    }

    [Fact]
    public void Idle_OfAnAvatar_IsALoopOfFramesAtTheVideosSize()
    {
        using var animator = _store.Catalog.CreateAnimator("", new AnimatorOptions());

        Assert.InRange(animator.Idle.Count, 50, 500);
        Assert.All(animator.Idle, f => Assert.Equal((512, 512), (f.Width, f.Height)));
        // Forth and back: the second frame is also the last.
        Assert.Equal(animator.Idle[1].Data, animator.Idle[^1].Data);
        for (var start = 0; start < 2 * animator.Idle.Count; start += 37)
            animator.Begin(start);
    }

    [Fact]
    public void Delete_WhileAnAnimatorLives_IsRefusedAndThenDone()
    {
        var animator = _store.Catalog.CreateAnimator("ada", new AnimatorOptions());

        Assert.Equal(AvatarFault.AvatarInUse, Assert.Throws<AvatarException>(() => _store.Catalog.Delete("ada")).Fault);
        animator.Dispose();
        animator.Dispose();
        _store.Catalog.Delete("ada");

        Assert.Equal(["default"], _store.Catalog.List().Select(a => a.Name));
    }

    [Fact]
    public void CreateAnimator_OptionsOutOfRange_IsRefusedAndReleasesTheAvatar()
    {
        Assert.Throws<ArgumentOutOfRangeException>(() => _store.Catalog.CreateAnimator("ada", new AnimatorOptions { Steps = 0 }));

        _store.Catalog.Delete("ada");
    }

    [Fact]
    public void Restyle_BadValue_KeepsTheStyleInForce()
    {
        using var animator = (FadaAnimator)_store.Catalog.CreateAnimator("ada", new AnimatorOptions { Steps = 2 });

        Assert.Throws<ArgumentOutOfRangeException>(() => animator.Restyle(new AnimatorOptions { AudioScale = -1 }));
        Assert.Equal(2, animator.Style.Steps);
        animator.Restyle(new AnimatorOptions { AudioScale = 3 });
        Assert.Equal((2, 3f), (animator.Style.Steps, animator.Style.Scales.Audio));
    }

    private static VideoFrame[] Speak(IStyledAnimator animator)
    {
        var speech = new float[(Frames + SpeechClock.LookAheadFrames) * SpeechClock.SamplesPerFrame];
        for (var i = 0; i < speech.Length; i++)
            speech[i] = 0.3f * MathF.Sin(0.05f * i);
        var frames = Enumerable.Range(0, Frames).Select(_ => new VideoFrame(animator.Width, animator.Height)).ToArray();
        animator.Animate(speech, frames);
        return frames;
    }
}
