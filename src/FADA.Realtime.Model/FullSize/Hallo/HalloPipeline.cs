using FADA.Realtime.Model.FullSize.Conditioning;
using FADA.Realtime.Model.FullSize.Denoising;
using FADA.Realtime.Model.FullSize.Speech;
using FADA.Realtime.Model.FullSize.Vae;
using FADA.Realtime.Model.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Hallo;

/// <summary>Hallo from portrait and sound to pictures, one window at a time.</summary>
/// <param name="type">Precision of the networks; pictures, sound and latents stay in single precision.</param>
internal sealed class HalloPipeline(HalloNet net, HalloConfig config, Autoencoder vae, Wav2Vec2 speech, ScalarType type)
{
    public const int FramesPerSecond = 25;

    /// <summary>Pictures before the window that the motion modules see.</summary>
    public const int MotionFrames = 2;

    /// <param name="picture">(1, 3, H, W), 0 to 1; height and width multiples of 64, and equal: the original's masks assume squares.</param>
    /// <param name="embedding">(1, E) of a face-recognition network.</param>
    public HalloPortrait Prepare(Tensor picture, Tensor embedding, HalloRegions regions)
    {
        using var scope = NewDisposeScope();
        var face = embedding.to(type);
        var tokens = net.ImageProjection.call(cat([zeros_like(face), face], 0));
        var mask = regions.Face.to(type).expand(1, 3, picture.shape[2], picture.shape[3]).unsqueeze(2);         // (1, 3, 1, H, W)
        return new HalloPortrait(picture, tokens.MoveToOuterDisposeScope(), net.FaceLocator.call(mask).MoveToOuterDisposeScope(), regions);
    }

    /// <summary>Features of every picture of a sound, padded to whole windows.</summary>
    /// <param name="samples">(T) at 16 kHz.</param>
    /// <returns>(F, 5, layers, D)</returns>
    public Tensor Hear(Tensor samples, int window)
    {
        using var scope = NewDisposeScope();
        var (padded, frames) = SpeechWindow.Pad(Wav2Vec2.Normalize(samples), FramesPerSecond, window);
        return AudioProjection.Windows(speech.Encode(padded.to(type), frames)).MoveToOuterDisposeScope();
    }

    /// <param name="sound">(F, 5, layers, D): this window's part of what <see cref="Hear"/> gave.</param>
    /// <param name="before">(2, 3, H, W): the last pictures of the window before; null for the first window, which the portrait precedes.</param>
    /// <param name="noise">(1, 4, F, H / 8, W / 8)</param>
    /// <returns>(F, 3, H, W), 0 to 1.</returns>
    public Tensor Render(HalloPortrait portrait, Tensor sound, Tensor? before, MotionScale motion, Tensor noise, HalloSampling sampling)
    {
        using var scope = NewDisposeScope();
        var (frames, height, width) = (noise.shape[2], noise.shape[3], noise.shape[4]);
        var pictures = cat([portrait.Picture, before ?? portrait.Picture.repeat(MotionFrames, 1, 1, 1)], 0);
        var condition = new HalloCondition(
            vae.Encode(pictures.mul(Constants.Of(2)).sub(Constants.Of(1)).to(type)),
            portrait.ImageTokens,
            portrait.FaceFeatures.expand(1, portrait.FaceFeatures.shape[1], frames, height, width),
            net.AudioProjection.call(sound.unsqueeze(0).to(type)),
            portrait.Regions.Masks(height, width, config.BlockChannels.Count, frames, type),
            motion);
        var latents = new HalloSampler(net.Reference, net.Denoiser).Sample(condition, noise, sampling);
        return cat(Video.ToFrames(latents).to(type).split(1).Select(vae.Decode).ToList(), 0).to(ScalarType.Float32).MoveToOuterDisposeScope();
    }
}
