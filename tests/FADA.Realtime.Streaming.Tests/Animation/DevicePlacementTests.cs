using FADA.Realtime.Faces.Geometry;
using FADA.Realtime.Faces.Images;
using FADA.Realtime.Model.Audio;
using FADA.Realtime.Model.Denoising;
using FADA.Realtime.Model.Pipeline;
using FADA.Realtime.Model.Runtime;
using FADA.Realtime.Model.Vae;
using FADA.Realtime.Streaming.Animation;
using static TorchSharp.torch;

namespace FADA.Realtime.Streaming.Tests.Animation;

/// <summary>
/// With the meta device as the process's default, a tensor made without naming its device has no values and cannot be
/// joined with the model's: what would fail on a GPU fails here.
/// </summary>
[Collection(AloneCollection.Name)]
public sealed class DevicePlacementTests
{
    [Fact]
    public void Animate_WithAnotherDefaultDevice_StaysOnTheModelsDevice()
    {
        TorchRuntime.Initialize();
        random.manual_seed(7);
        using var model = new FadaModel(
            new FadaModelConfig
            {
                Vae = new VaeConfig { EncoderChannels = [8, 8, 16], DecoderChannels = [16, 8, 8], ReferenceChannels = 4, Warp = true },
                Audio = new AudioEncoderConfig { Width = 16 },
                Denoiser = new DenoiserConfig { Channels = [32, 32, 32], AudioFeatures = 16, TimeWidth = 32, AudioWidth = 32 },
                Latents = new LatentStatistics(new float[8], Enumerable.Repeat(1f, 8).ToArray(), Enumerable.Repeat(1f, 8).ToArray()),
                Steps = 1,
            },
            ScalarType.Float32);

        var plain = Speak(model);
        var before = get_default_device();
        set_default_device(META);
        try
        {
            Assert.Equal(plain, Speak(model));
        }
        finally
        {
            set_default_device(before);
        }
    }

    private static byte[] Speak(FadaModel model)
    {
        var portrait = new RgbImage(512, 512, Enumerable.Range(0, 512 * 512 * 3).Select(i => (byte)(i * 31)).ToArray());
        using var avatar = new PreparedAvatar(model, portrait, new CropTransform(0.5f, 0, 0, 0));
        using var animator = new FadaAnimator(avatar, new AnimatorOptions(), () => { });
        var speech = Enumerable.Range(0, (2 + SpeechClock.LookAheadFrames) * SpeechClock.SamplesPerFrame).Select(i => 0.3f * MathF.Sin(0.05f * i)).ToArray();
        var frames = new[] { new VideoFrame(animator.Width, animator.Height), new VideoFrame(animator.Width, animator.Height) };
        animator.Begin(3);
        animator.Animate(speech, frames);
        return [.. frames[0].Data, .. frames[1].Data];
    }
}
