using static TorchSharp.torch;

namespace FADA.Realtime.Model.Pipeline;

/// <summary>One generated window: latents (F, 8, 16, 16), painted crops (F, 3, 256, 256) in -1..1, and the share (F, 1, 256, 256) with which they replace the reference.</summary>
public sealed record CropWindow(Tensor Latents, Tensor Picture, Tensor Mask) : IDisposable
{
    /// <summary>The crops as a viewer sees them: the reference where nothing moved.</summary>
    public Tensor Over(Tensor reference) => (reference + Mask * (Picture - reference)).clamp(-1, 1);

    public void Dispose()
    {
        Latents.Dispose();
        Picture.Dispose();
        Mask.Dispose();
    }
}
