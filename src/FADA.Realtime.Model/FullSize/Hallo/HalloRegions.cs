using FADA.Realtime.Model.FullSize.Denoising;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.FullSize.Hallo;

/// <summary>Where pose, face and lips of a portrait are: three pictures (1, 1, H, W), 0 to 1 with soft edges.</summary>
internal sealed record HalloRegions(Tensor Pose, Tensor Face, Tensor Lips)
{
    /// <summary>The masks at each resolution of the U-Net, by averages over areas, for each of a number of frames.</summary>
    /// <param name="height">Of the latents.</param>
    /// <param name="levels">Resolutions.</param>
    public AudioMasks Masks(long height, long width, int levels, long frames, ScalarType type)
    {
        IReadOnlyList<Tensor> Pyramid(Tensor region) => Enumerable.Range(0, levels).Select(i =>
            nn.functional.adaptive_avg_pool2d(region, [height >> i, width >> i]).flatten(1).repeat(frames, 1).to(type)).ToList();
        return new AudioMasks(Pyramid(Pose), Pyramid(Face), Pyramid(Lips));
    }
}
