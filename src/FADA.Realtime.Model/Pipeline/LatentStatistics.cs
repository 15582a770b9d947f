using FADA.Realtime.Model.Layers;
using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>
/// What turns autoencoder latents into what the networks see. Conditions are normalised per channel; the data that is
/// diffused is the difference from the reference picture's latent: what does not move is zero, whoever it is.
/// </summary>
/// <param name="Mean">Per channel, over training frames.</param>
/// <param name="Deviation">Per channel, over training frames.</param>
/// <param name="MotionDeviation">Per channel, of the differences in the mouth region.</param>
public sealed record LatentStatistics(float[] Mean, float[] Deviation, float[] MotionDeviation)
{
    /// <summary>Latents (..., 8, 16, 16) to conditions.</summary>
    public Tensor Normalise(Tensor latent) => (latent - Column(Mean, latent)) / Column(Deviation, latent);

    /// <summary>Latents (..., 8, 16, 16) to diffusion data, given the reference's latent.</summary>
    public Tensor ToData(Tensor latent, Tensor reference) => (latent - reference) / Column(MotionDeviation, latent);

    /// <summary>The inverse of <see cref="ToData"/>.</summary>
    public Tensor FromData(Tensor data, Tensor reference) => data * Column(MotionDeviation, data) + reference;

    private static Tensor Column(float[] values, Tensor like) => DeviceConstants.Of(values, like.device).view(-1, 1, 1);
}
